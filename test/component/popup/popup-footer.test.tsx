import { screen, waitFor } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import type { JobView } from '../../../src/contract/messages.ts';
import { emptyDraft } from '../../../src/core/draft.ts';
import { PopupFooter } from '../../../src/popup/popup-footer.tsx';
import type { PopupActions, PopupState } from '../../../src/popup/use-popup.ts';
import { makeJobView } from '../../support/make-job-view.ts';
import { show } from '../../support/show.ts';

function showFooter(changes: Partial<PopupState> = {}, isFrozen = false) {
  const state: PopupState = {
    draft: emptyDraft('d', 0),
    hasKey: true,
    outbox: { waiting: 0, needsPerson: 0 },
    job: null,
    problems: [],
    failures: [],
    word: '',
    isCapturing: false,
    ...changes,
  };
  const submit = vi.fn();
  const startOver = vi.fn();
  const actions = { submit, startOver } as unknown as PopupActions;
  return { ...show(<PopupFooter state={state} isFrozen={isFrozen} actions={actions} />), submit, startOver };
}

const status = () => screen.getByRole('status').textContent;

describe('the status line says what a job is doing', () => {
  const until = Date.UTC(2024, 5, 10, 18, 34);
  test.each<[JobView['state'], RegExp]>([
    [{ name: 'queued' }, /^Saved\./],
    [{ name: 'sending', since: 0, runId: 'b' }, /^Sending…$/],
    [
      { name: 'waiting', until, failure: { kind: 'unreachable' } },
      /^Queued\. Assembly cannot be reached\. Next try at .*\d/,
    ],
    [{ name: 'paused', failure: { kind: 'no-key' } }, /^Kept, not sent\. There is no API key/],
    [
      { name: 'attention', failure: { kind: 'rejected', status: 422, detail: 'title' } },
      /^Not sent\..*422: title/,
    ],
    [{ name: 'unknown', failure: { kind: 'timed-out' } }, /^May have been sent\./],
    [{ name: 'sent', at: 0, ticketNumber: 'ASM-7', historyId: null }, /^ASM-7 created\.$/],
    [{ name: 'sent', at: 0, ticketNumber: null, historyId: null }, /did not give its number/],
  ])('%o', (state, words) => {
    showFooter({ job: makeJobView({ state }) });
    expect(status()).toMatch(words);
  });

  test('a sent reply', () => {
    const state = { name: 'sent', at: 0, ticketNumber: null, historyId: 'h' } as const;
    showFooter({ job: makeJobView({ kind: 'reply', state }) });
    expect(status()).toBe('Reply sent.');
  });
});

test('a word of the moment stands before what the job says', () => {
  showFooter({ job: makeJobView({ state: { name: 'queued' } }), word: 'Selection added.' });
  expect(status()).toBe('Selection added.');
});

test('while a capture runs, the line says so', () => {
  showFooter({ isCapturing: true });
  expect(status()).toBe('Capturing…');
});

test('the number of a filed ticket can be copied', async () => {
  const state = { name: 'sent', at: 0, ticketNumber: 'ASM-7', historyId: null } as const;
  const { user } = showFooter({ job: makeJobView({ state }) });
  await user.click(screen.getByRole('button', { name: 'Copy number' }));
  expect(await navigator.clipboard.readText()).toBe('ASM-7');
});

test('Send is named by what it sends', () => {
  const { redraw } = showFooter();
  expect(screen.getByRole('button', { name: 'Send ticket' })).toBeTruthy();
  redraw(null);
  showFooter({ draft: emptyDraft('d', 0, 'reply') });
  expect(screen.getByRole('button', { name: 'Send reply' })).toBeTruthy();
});

test('while the draft is on its way Send keeps its place, is marked as off and does nothing; the next draft can begin', async () => {
  const { user, submit, startOver } = showFooter({ job: makeJobView() }, true);
  const sendButton = screen.getByRole('button', { name: 'Send ticket' });
  expect(sendButton.getAttribute('aria-disabled')).toBe('true');
  await user.click(sendButton);
  expect(submit).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'Start over' }));
  expect(startOver).toHaveBeenCalledOnce();
});

test('when the draft goes on its way, the focus goes to where the answer will stand', async () => {
  showFooter({ job: makeJobView() }, true);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('status')));
});
