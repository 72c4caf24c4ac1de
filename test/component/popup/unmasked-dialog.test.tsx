import { screen, within } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import type { DraftSecret } from '../../../src/core/redaction/secrets-in-draft.ts';
import { UnmaskedDialog } from '../../../src/popup/unmasked-dialog.tsx';
import { show } from '../../support/show.ts';

const secretOf = (index: number): DraftSecret => ({
  field: 'body',
  kind: 'phone',
  value: `+49 30 ${1_000_000 + index}`,
  key: `phone:${index}`,
});

function open(count: number) {
  const calls = { onMaskAndSend: vi.fn(), onSend: vi.fn(), onClose: vi.fn() };
  const secrets = Array.from({ length: count }, (_, index) => secretOf(index));
  const { user } = show(<UnmaskedDialog secrets={secrets} {...calls} />);
  return { user, calls, button: (name: string) => screen.getByRole('button', { name }) };
}

test('it says what is still readable', () => {
  open(2);
  const dialog = screen.getByRole('dialog', { name: 'Send this unmasked?' });
  expect(
    within(dialog).getByText('The draft holds 2 phone numbers that will be readable in Assembly.'),
  ).toBeTruthy();
  expect(
    within(dialog)
      .getAllByRole('listitem')
      .map(item => item.textContent),
  ).toEqual(['+49 30 1000000Phone numbers, in: text', '+49 30 1000001Phone numbers, in: text']);
});

test('more than can be read is counted', () => {
  open(25);
  expect(screen.getAllByRole('listitem')).toHaveLength(21);
  expect(screen.getByText('and 5 more')).toBeTruthy();
});

test.each([
  ['Mask all and send', 'onMaskAndSend'],
  ['Send as it is', 'onSend'],
] as const)('%s closes it and does that alone', async (name, wanted) => {
  const { user, calls, button } = open(1);
  await user.click(button(name));
  const made = Object.entries(calls).filter(([, call]) => call.mock.calls.length > 0);
  expect(new Set(made.map(([call]) => call))).toEqual(new Set([wanted, 'onClose']));
});

test('Cancel closes it and sends nothing', async () => {
  const { user, calls, button } = open(1);
  await user.click(button('Cancel'));
  expect(calls.onClose).toHaveBeenCalledOnce();
  expect(calls.onSend).not.toHaveBeenCalled();
  expect(calls.onMaskAndSend).not.toHaveBeenCalled();
});
