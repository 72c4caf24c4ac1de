import { screen, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JobView } from '../../../src/contract/views.ts';
import { emptyDraft } from '../../../src/core/draft.ts';
import { PopupFooter } from '../../../src/popup/popup-footer.tsx';
import { createPopupStore, type PopupState } from '../../../src/popup/popup-state.ts';
import type { PopupActions } from '../../../src/popup/use-popup.ts';
import { instantText } from '../../../src/ui/instant-text.ts';
import { makeJobView } from '../../support/make-job-view.ts';
import { show } from '../../support/show.ts';

function showFooter(changes: Partial<PopupState> = {}, isFrozen = false) {
  const state: PopupState = {
    draft: emptyDraft('d', 0),
    ...createPopupStore(() => {}).around,
    ...changes,
  };
  const submit = vi.fn();
  const startOver = vi.fn();
  const lookAgain = vi.fn();
  const actions = { submit, startOver, lookAgain } as unknown as PopupActions;
  const shown = show(<PopupFooter state={state} isFrozen={isFrozen} actions={actions} />);
  return { ...shown, submit, startOver, lookAgain };
}

const status = () => screen.getByRole('status').textContent;

describe('the status line says what a job is doing', () => {
  const until = Date.UTC(2024, 5, 10, 18, 34);
  test.each<[JobView['state'], RegExp]>([
    [{ name: 'queued', since: 0, isUrgent: false }, /^Saved\. About to be sent\.$/],
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
    [
      { name: 'paused', failure: { kind: 'key-refused', status: 401, detail: 'Invalid API Key' } },
      /^Paused: key refused \(401: Invalid API Key\)\. .*enter a working one\.$/,
    ],
    [{ name: 'attention', failure: { kind: 'interrupted-often' } }, /^Not sent\. .*three times in a row/],
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

test.each([
  ['ticket', 'ASM-7', /^ASM-7 created\. An earlier try may have arrived first, so the ticket may hold/],
  ['reply', null, /^Reply sent\. An earlier try may have arrived first, so the reply may hold/],
] as const)(
  'a %s whose text was changed after a try that may have arrived: check it',
  (kind, ticketNumber, words) => {
    const state = { name: 'sent', at: 0, ticketNumber, historyId: null } as const;
    showFooter({ job: makeJobView({ kind, state, mayHoldEarlierText: true }) });
    expect(status()).toMatch(words);
  },
);

describe('while a job waits', () => {
  const start = new Date(2024, 5, 10, 18, 34).getTime();
  const until = start + 12_000;
  const state = { name: 'waiting', until, failure: { kind: 'unreachable' } } as const;
  const eye = () => document.querySelector('[aria-hidden="true"].next-try')?.textContent;

  beforeEach(() => void vi.useFakeTimers({ now: start }));
  afterEach(() => void vi.useRealTimers());

  test('the line counts down for the eye, and what a screen reader hears does not change', async () => {
    const { lookAgain } = showFooter({ job: makeJobView({ state, wait: { reason: 'outage', until } }) });
    await vi.advanceTimersByTimeAsync(100);
    const heard = () => {
      const copy = screen.getByRole('status').cloneNode(true) as HTMLElement;
      for (const hidden of copy.querySelectorAll('[aria-hidden]')) hidden.remove();
      return copy.textContent?.trim();
    };
    const first = `Queued. Assembly cannot be reached. Next try at ${instantText(until, 'medium')}.`;
    expect([eye(), heard()]).toEqual(['Next try in 12 s.', first]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect([eye(), heard()]).toEqual(['Next try in 8 s.', first]);
    await vi.advanceTimersByTimeAsync(8_000);
    expect([eye(), heard()]).toEqual(['Next try now.', first]);
    expect(lookAgain).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lookAgain).toHaveBeenCalledOnce();
  });

  test.each<[JobView['wait'], RegExp]>([
    [{ reason: 'slot', until }, /^Saved\. Waiting for a slot: /],
    [{ reason: 'refusal', until }, /^Saved\. Assembly takes no more requests for the moment\. Next try at /],
    [{ reason: 'outage', until }, /^Saved\. Assembly cannot be reached, or has trouble\. Next try at /],
    [{ reason: 'own-ticket', until: null }, /^Saved\. It goes as soon as its ticket is created\.$/],
    [{ reason: 'earlier-reply', until: null }, /^Saved\. It goes after your earlier reply to this ticket\.$/],
    [{ reason: 'same-customer', until: null }, /^Saved\. It goes after another ticket/],
  ])('%o', (wait, words) => {
    showFooter({ job: makeJobView({ wait }) });
    expect(status()).toMatch(words);
  });

  test('nothing ticks when nothing is to come', async () => {
    showFooter({ job: makeJobView({ wait: { reason: 'earlier-reply', until: null } }) });
    await vi.advanceTimersByTimeAsync(100);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a word of the moment stands before what the job says', () => {
  showFooter({
    job: makeJobView({ state: { name: 'queued', since: 0, isUrgent: false } }),
    word: 'Selection added.',
  });
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
