import { screen } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import type { FiledTicket } from '../../../src/contract/views.ts';
import { FiledNotice } from '../../../src/popup/filed-notice.tsx';
import type { PopupActions } from '../../../src/popup/use-popup.ts';
import { show } from '../../support/show.ts';

function showNotice(changes: Partial<FiledTicket> = {}) {
  const edit = vi.fn();
  const filed: FiledTicket = {
    jobId: 'cap_1',
    title: 'Export stops',
    ticketNumber: 'ASM-111',
    isSent: true,
    createdAt: Date.now() - 3 * 86_400_000,
    isSamePassage: false,
    ...changes,
  };
  return { ...show(<FiledNotice filed={filed} actions={{ edit } as unknown as PopupActions} />), edit };
}

const words = () => screen.getByRole('region', { name: 'Already filed' }).querySelector('p')?.textContent;

test.each([
  [{}, 'You have already filed from this page: ASM-111 “Export stops”, 3 days ago.'],
  [{ isSamePassage: true }, 'You have already filed this passage: ASM-111 “Export stops”, 3 days ago.'],
  [
    { ticketNumber: null, isSent: false },
    'You have already filed from this page: “Export stops” (waiting), 3 days ago.',
  ],
  [{ ticketNumber: null }, 'You have already filed from this page: “Export stops”, 3 days ago.'],
  [{ title: '' }, 'You have already filed from this page: ASM-111 “(text removed)”, 3 days ago.'],
  [
    { title: 'a'.repeat(120) },
    `You have already filed from this page: ASM-111 “${'a'.repeat(59)}…”, 3 days ago.`,
  ],
])('it says which ticket, and when (%j)', (filed, said) => {
  showNotice(filed);
  expect(words()).toBe(said);
});

test('one press makes the draft a reply to it, by its number or by the id under which it waits', async () => {
  const numbered = showNotice();
  await numbered.user.click(screen.getByRole('button', { name: 'Reply to ASM-111' }));
  expect(numbered.edit).toHaveBeenCalledWith({ kind: 'reply', replyTarget: 'ASM-111' });
  const waiting = showNotice({ ticketNumber: null });
  await waiting.user.click(screen.getByRole('button', { name: 'Reply to it' }));
  expect(waiting.edit).toHaveBeenCalledWith({ kind: 'reply', replyTarget: 'cap_1' });
});

test('it can be dismissed for this draft', async () => {
  const { user, edit } = showNotice();
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(edit).toHaveBeenCalledWith({ isFiledNoticeClosed: true });
});
