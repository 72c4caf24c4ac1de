import { screen } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { defaultRetention, type Retention } from '../../../src/core/retention.ts';
import { RetentionFields } from '../../../src/options/retention-fields.tsx';
import { show } from '../../support/show.ts';

function showFields(retention: Retention = defaultRetention) {
  const onEdit = vi.fn();
  show(<RetentionFields retention={retention} onEdit={onEdit} />);
  return onEdit;
}

const choice = (name: string) => screen.getByRole<HTMLSelectElement>('combobox', { name });
const shownChoice = (name: string) => choice(name).selectedOptions[0]?.textContent;
const files = 'Pictures and files of what was sent';
const texts = 'Texts of what was sent';

test('sent pictures go at once and texts after 90 days, unless something else is chosen', () => {
  showFields();
  expect(shownChoice(files)).toBe('Remove at once');
  expect(shownChoice(texts)).toBe('Keep for 90 days');
});

test('each is chosen by itself', async () => {
  const onEdit = showFields();
  await userEvent.selectOptions(choice(files), 'Keep for 7 days');
  expect(onEdit).toHaveBeenLastCalledWith({ filesDays: 7, textsDays: 90 });
  await userEvent.selectOptions(choice(texts), 'Keep until I erase everything');
  expect(onEdit).toHaveBeenLastCalledWith({ filesDays: 0, textsDays: null });
});

test('a time that is no choice here is shown as it is', () => {
  showFields({ filesDays: 3, textsDays: 14 });
  expect(shownChoice(files)).toBe('Keep for 3 days');
  expect(shownChoice(texts)).toBe('Keep for 14 days');
});
