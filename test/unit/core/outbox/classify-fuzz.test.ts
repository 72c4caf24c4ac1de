import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, type Attempt, classify } from '../../../../src/core/outbox/classify.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const field = { ticket: 'created_ticket_number', reply: 'created_history_id' } as const;
const kinds = ['ticket', 'reply'] as const;

describe('10,000 answers of any kind', () => {
  const id = fc.oneof(
    fc.string(),
    fc.constant('ASM-1'),
    fc.constant(''),
    fc.string({ minLength: 95, maxLength: 105 }),
    fc.jsonValue(),
  );
  const text = fc.constantFrom(
    'already exists',
    'source specific id already exists',
    'ticket not found',
    'user already exists',
  );
  const object = fc
    .record(
      {
        created_ticket_number: id,
        created_history_id: id,
        error: fc.oneof(text, fc.jsonValue()),
        message: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .map(value => JSON.stringify(value));
  const body = fc.oneof(
    { weight: 4, arbitrary: object },
    { weight: 1, arbitrary: fc.tuple(object, fc.nat(80)).map(([json, length]) => json.slice(0, length)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: fc.string().map(title => `<html><title>${title}</title>`) },
  );
  const status = fc.oneof(
    fc.constantFrom(200, 201, 204, 400, 401, 403, 404, 408, 409, 413, 425, 429, 500, 503, 511),
    fc.integer({ min: 100, max: 599 }),
    fc.integer(),
  );
  const header = fc.option(
    fc.oneof(fc.string(), fc.nat().map(String), fc.constant('Sun, 06 Nov 1994 08:49:37 GMT')),
  );
  const answer: fc.Arbitrary<Answer> = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({
        kind: fc.constant('answered'),
        status,
        headers: fc.record({ retryAfter: header, date: header }),
        body,
        bodyComplete: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('no-answer'),
        reason: fc.constantFrom('offline', 'network', 'timed-out'),
        neverLeft: fc.boolean(),
      }),
    },
  );
  const attempt: fc.Arbitrary<Attempt> = fc.record({
    kind: fc.constantFrom(...kinds),
    attempts: fc.integer({ min: 1, max: 50 }),
    ownFreshTicket: fc.boolean(),
  });

  /** Said again apart from the code: what may ever count as delivered. */
  function isProof(attempt: Attempt, answer: Answer): boolean {
    if (answer.kind === 'no-answer') return false;
    if (!answer.bodyComplete || !answer.body.trimStart().startsWith('{')) return false;
    const body = JSON.parse(answer.body);
    if (answer.status === 409) return true;
    if (answer.status === 400 && attempt.kind === 'ticket' && attempt.attempts > 1) {
      return /already exists/.test(answer.body) && !/user already exists/.test(answer.body);
    }
    if (answer.status < 200 || answer.status > 299) return false;
    const value = body[field[attempt.kind]];
    return typeof value === 'string' && value.trim() !== '' && value.length <= 100;
  }

  it('give exactly one allowed verdict, never a false "sent", and survive JSON', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(attempt, answer, (attempt, answer) => {
        const outcome = classify(attempt, answer, now);
        seen.add(outcome.verdict);
        expect(['sent', 'retry', 'postpone', 'pause-queue', 'attention', 'unknown']).toContain(
          outcome.verdict,
        );
        expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
        if (outcome.verdict === 'sent') {
          expect(isProof(attempt, answer)).toBe(true);
          expect(outcome[attempt.kind === 'ticket' ? 'historyId' : 'ticketNumber']).toBeNull();
        }
        if (outcome.verdict === 'unknown') expect(attempt.kind).toBe('reply');
        expect(outcome.verdict === 'postpone').toBe(answer.kind === 'no-answer' && answer.neverLeft);
        if (outcome.verdict === 'retry') {
          const isRefused =
            answer.kind === 'answered' &&
            (answer.status === 429 || (answer.status === 404 && attempt.kind === 'reply'));
          expect(outcome.mayHaveArrived).toBe(!isRefused);
          const { retryAfterMs } = outcome;
          if (retryAfterMs !== null) expect(retryAfterMs >= 1_000 && retryAfterMs <= 3_600_000).toBe(true);
        }
        // A reply goes again by itself only when it was refused, never left, or is early for its ticket.
        if (outcome.verdict === 'retry' && attempt.kind === 'reply') {
          const isSafe =
            answer.kind === 'no-answer'
              ? answer.neverLeft
              : answer.status === 429 || (answer.status === 404 && attempt.ownFreshTicket);
          expect(isSafe).toBe(true);
        }
        if (outcome.verdict === 'pause-queue') {
          expect(answer.kind === 'answered' && [401, 403].includes(answer.status)).toBe(true);
        }
      }),
      { numRuns: 10_000 },
    );
    expect([...seen].sort()).toEqual(['attention', 'pause-queue', 'postpone', 'retry', 'sent', 'unknown']);
  }, 30_000);
});
