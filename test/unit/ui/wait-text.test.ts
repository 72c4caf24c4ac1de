import '../../support/fake-browser.ts';

import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/core/failure.ts';
import type { WaitReason } from '../../../src/core/outbox/wait.ts';
import { failureText } from '../../../src/ui/failure-text.ts';
import { waitReason } from '../../../src/ui/wait-text.ts';

const until = Date.UTC(2024, 5, 10, 18, 34);
const queued = { name: 'queued', since: 0, isUrgent: false } as const;
const waiting = (failure: Failure) => ({ name: 'waiting', until: until - 5_000, failure }) as const;
const interrupted: Failure = { kind: 'interrupted' };
const lastTry = failureText(interrupted);

/** One of every reason; a new one does not compile without. */
const sentences: Record<WaitReason, RegExp> = {
  none: /^About to be sent\.$/,
  'back-off': /^$/,
  outage: /^Assembly cannot be reached, or has trouble\.$/,
  refusal: /^Assembly takes no more requests for the moment\.$/,
  slot: /^Waiting for a slot: .*Assembly’s limit\.$/,
  'earlier-reply': /^It goes after your earlier reply to this ticket\.$/,
  'own-ticket': /^It goes as soon as its ticket is created\.$/,
  'same-customer': /^It goes after another ticket of the same customer\.$/,
};
const reasons = Object.keys(sentences) as WaitReason[];

describe('an item that was not tried yet', () => {
  test.each(reasons)('%s', reason => {
    expect(waitReason(queued, { reason, until }).words).toMatch(sentences[reason]);
  });

  test('counts down to the end of its wait, but not while it is about to go', () => {
    expect(waitReason(queued, { reason: 'refusal', until }).nextTryAt).toBe(until);
    expect(waitReason(queued, { reason: 'earlier-reply', until: null }).nextTryAt).toBeNull();
    expect(waitReason(queued, { reason: 'none', until }).nextTryAt).toBeNull();
  });

  test('without a word from the outbox is about to go', () => {
    expect(waitReason(queued, null).words).toBe('About to be sent.');
  });
});

describe('an item that was tried', () => {
  test.each<WaitReason>(['slot', 'earlier-reply', 'own-ticket', 'same-customer'])(
    '%s: says what came of the last try, and what it waits for now',
    reason => {
      const { words } = waitReason(waiting(interrupted), { reason, until: null });
      expect(words.startsWith(`${lastTry} `)).toBe(true);
      expect(words.slice(lastTry.length + 1)).toMatch(sentences[reason]);
    },
  );

  test('waits for itself: the last try says it all', () => {
    expect(waitReason(waiting(interrupted), { reason: 'back-off', until })).toEqual({
      words: lastTry,
      nextTryAt: until,
    });
  });

  test('waits with all others: says why they wait, once, and until when', () => {
    const tooMany: Failure = { kind: 'too-many-requests', retryAfterMs: null };
    expect(waitReason(waiting(tooMany), { reason: 'refusal', until }).words).toBe(failureText(tooMany));
    expect(waitReason(waiting(interrupted), { reason: 'refusal', until }).words).toBe(failureText(tooMany));
    expect(waitReason(waiting(interrupted), { reason: 'outage', until }).words).toMatch(sentences.outage);
  });

  test.each<Failure>([
    { kind: 'unreachable' },
    { kind: 'timed-out' },
    { kind: 'server-error', status: 503, detail: 'down' },
    { kind: 'unreadable-answer', status: 200 },
  ])('in an outage that it met itself says what it met: $kind', failure => {
    expect(waitReason(waiting(failure), { reason: 'outage', until })).toEqual({
      words: failureText(failure),
      nextTryAt: until,
    });
  });

  test('is due: the instant stays as it was, at whatever moment it is looked at', () => {
    const state = waiting(interrupted);
    expect(waitReason(state, { reason: 'none', until }).nextTryAt).toBe(state.until);
    expect(waitReason(state, { reason: 'none', until: until + 5_000 }).nextTryAt).toBe(state.until);
    expect(waitReason(state, null)).toEqual({ words: lastTry, nextTryAt: state.until });
  });

  test('is due, though its stored wait is from before the clock was put back', () => {
    const state = { ...waiting(interrupted), until: until + 3_600_000_000 };
    expect(waitReason(state, { reason: 'none', until }).nextTryAt).toBe(until);
  });
});
