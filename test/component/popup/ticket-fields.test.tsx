import { screen, waitFor } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import { type Draft, emptyDraft } from '../../../src/core/draft.ts';
import type { DraftProblem } from '../../../src/core/failure.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { announceChange } from '../../../src/platform/changes.ts';
import { TicketFields } from '../../../src/popup/ticket-fields.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { show } from '../../support/show.ts';

function showFields(draft: Partial<Draft> = {}, problems: DraftProblem[] = []) {
  const onEdit = vi.fn();
  const shown = show(
    <TicketFields
      draft={{ ...emptyDraft('d', 0), ...draft }}
      problems={problems}
      onEdit={onEdit}
      onChange={async () => true}
    >
      <p>Captures</p>
    </TicketFields>,
  );
  return { ...shown, onEdit };
}

const field = (name: string) => screen.getByRole('textbox', { name });

/** What a screen reader says after a field's name. */
function descriptionOf(element: HTMLElement): string {
  const ids = element.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map(id => document.getElementById(id)?.textContent).join(' ');
}

test.each([
  ['nothing-to-send', 'Description', 'Write something'],
  ['customer-email-invalid', 'Customer email', 'does not look like an email address'],
  ['customer-email-missing', 'Customer email', 'A name needs an email address'],
] as const)('the problem %s is told with the field %s', (problem, name, words) => {
  showFields({}, [problem]);
  expect(descriptionOf(field(name))).toContain(words);
  expect(field(name).getAttribute('aria-invalid')).toBe('true');
});

test('without a problem no field is marked, and nothing describes it as wrong', () => {
  showFields();
  for (const element of screen.getAllByRole('textbox')) {
    expect(element.getAttribute('aria-invalid')).toBe('false');
  }
});

test('what is typed is handed on, field by field', async () => {
  const { user, onEdit } = showFields();
  await user.type(field('Title'), 'T');
  await user.type(field('Description'), 'D');
  await user.type(field('Customer email'), 'e');
  await user.type(field('Customer name'), 'n');
  expect(onEdit.mock.calls.flat()).toEqual([
    { title: 'T' },
    { body: 'D' },
    { customerEmail: 'e' },
    { customerName: 'n' },
  ]);
});

test('the title that will be sent stands in the empty title field', () => {
  showFields({ body: '> First line\n> Second' });
  expect(field('Title').getAttribute('placeholder')).toBe('First line');
});

test('the categories are those of the settings, and one that is no longer there stays chosen', async () => {
  fakeBrowser.store({ settings: { ...defaultSettings, categories: ['Billing', 'Outage'] } });
  showFields({ category: 'Old one' });
  await waitFor(() =>
    expect(screen.getAllByRole('option').map(option => option.textContent)).toEqual([
      'None',
      'Old one',
      'Billing',
      'Outage',
    ]),
  );
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Category' }).value).toBe('Old one');
});

test('a category that is added to the settings meanwhile is offered', async () => {
  fakeBrowser.store({ settings: { ...defaultSettings, categories: ['Billing'] } });
  showFields();
  await screen.findByRole('option', { name: 'Billing' });
  fakeBrowser.store({ settings: { ...defaultSettings, categories: ['Billing', 'Outage'] } });
  announceChange({ about: 'settings' });
  expect(await screen.findByRole('option', { name: 'Outage' })).toBeTruthy();
});
