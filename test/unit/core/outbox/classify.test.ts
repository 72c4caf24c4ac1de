import { describe, expect, it } from 'vitest';
import { type Answer, classify, type Outcome } from '../../../../src/core/outbox/classify.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const noHeaders = { retryAfter: null, date: null };
const field = { ticket: 'created_ticket_number', reply: 'created_history_id' } as const;
const kinds = ['ticket', 'reply'] as const;
const firstAndLater = [1, 2, 9];

function answered(
  status: number,
  body: string,
  changes: Partial<Extract<Answer, { kind: 'answered' }>> = {},
): Answer {
  return { kind: 'answered', status, headers: noHeaders, body, bodyComplete: true, ...changes };
}

function errorBody(text: string): string {
  return JSON.stringify({ error: text });
}

/** `verdict` and failure kind in one word. */
function summary(outcome: Outcome): string {
  return outcome.verdict === 'sent' ? 'sent' : `${outcome.verdict} ${outcome.failure.kind}`;
}

describe('the status decides, on every try alike', () => {
  // status, what a ticket does, what a reply does; the body is an error in the vendor's form.
  const table: [number, string, string][] = [
    [200, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [201, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [202, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [204, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [206, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [301, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [302, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [304, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [307, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [308, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [400, 'attention rejected', 'attention rejected'],
    [401, 'pause-queue key-refused', 'pause-queue key-refused'],
    [402, 'attention rejected', 'attention rejected'],
    [403, 'pause-queue key-refused', 'pause-queue key-refused'],
    [404, 'attention rejected', 'attention rejected'],
    [405, 'attention rejected', 'attention rejected'],
    [406, 'attention rejected', 'attention rejected'],
    [408, 'retry server-error', 'unknown server-error'],
    [410, 'attention rejected', 'attention rejected'],
    [411, 'attention rejected', 'attention rejected'],
    [413, 'attention rejected', 'attention rejected'],
    [415, 'attention rejected', 'attention rejected'],
    [418, 'attention rejected', 'attention rejected'],
    [421, 'attention rejected', 'attention rejected'],
    [422, 'attention rejected', 'attention rejected'],
    [425, 'retry server-error', 'unknown server-error'],
    [429, 'retry too-many-requests', 'retry too-many-requests'],
    [451, 'attention rejected', 'attention rejected'],
    [500, 'retry server-error', 'unknown server-error'],
    [501, 'retry server-error', 'unknown server-error'],
    [502, 'retry server-error', 'unknown server-error'],
    [503, 'retry server-error', 'unknown server-error'],
    [504, 'retry server-error', 'unknown server-error'],
    [511, 'retry server-error', 'unknown server-error'],
    [520, 'retry server-error', 'unknown server-error'],
    [524, 'retry server-error', 'unknown server-error'],
    [599, 'retry server-error', 'unknown server-error'],
    [0, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [100, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [103, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [600, 'retry unreadable-answer', 'unknown unreadable-answer'],
    [999, 'retry unreadable-answer', 'unknown unreadable-answer'],
  ];

  describe.each(firstAndLater)('try %i', attempts => {
    it.each(table)('%i', (status, ticket, reply) => {
      for (const body of [errorBody('no'), '', '<html>no</html>']) {
        expect(summary(classify({ kind: 'ticket', attempts }, answered(status, body), now))).toBe(ticket);
        expect(summary(classify({ kind: 'reply', attempts }, answered(status, body), now))).toBe(reply);
      }
    });
  });
});

describe('no answer', () => {
  const failureOf = { offline: 'offline', network: 'unreachable', 'timed-out': 'timed-out' } as const;

  it.each(['offline', 'network', 'timed-out'] as const)('%s', reason => {
    for (const attempts of firstAndLater) {
      const left: Answer = { kind: 'no-answer', reason, neverLeft: false };
      const neverLeft: Answer = { kind: 'no-answer', reason, neverLeft: true };
      expect(summary(classify({ kind: 'ticket', attempts }, left, now))).toBe(`retry ${failureOf[reason]}`);
      expect(summary(classify({ kind: 'ticket', attempts }, neverLeft, now))).toBe(
        `postpone ${failureOf[reason]}`,
      );
      expect(summary(classify({ kind: 'reply', attempts }, left, now))).toBe(`unknown ${failureOf[reason]}`);
      expect(summary(classify({ kind: 'reply', attempts }, neverLeft, now))).toBe(
        `postpone ${failureOf[reason]}`,
      );
    }
  });
});

describe('a 2xx is success only with the created id', () => {
  it.each([200, 201, 202, 204, 206])('%i with it', status => {
    expect(
      classify({ kind: 'ticket', attempts: 1 }, answered(status, '{"created_ticket_number":"ASM-111"}'), now),
    ).toEqual({
      verdict: 'sent',
      ticketNumber: 'ASM-111',
      historyId: null,
    });
    expect(
      classify(
        { kind: 'reply', attempts: 1 },
        answered(status, '{"created_history_id":"01H8X9Z7Y2W3R4T5U6V7W8X9Y"}'),
        now,
      ),
    ).toEqual({ verdict: 'sent', ticketNumber: null, historyId: '01H8X9Z7Y2W3R4T5U6V7W8X9Y' });
  });

  it.each([
    ['other fields beside it', { more: [1, { deep: null }] }, 'x', 'x'],
    ['opaque text', {}, 'Ärger/№ 7', 'Ärger/№ 7'],
    ['space around it', {}, ' ASM-1\n', 'ASM-1'],
    ['direction characters in it', {}, 'ASM-\u202e1', 'ASM-1'],
    ['100 characters', {}, 'x'.repeat(100), 'x'.repeat(100)],
  ])('%s', (_, more, id, read) => {
    for (const kind of kinds) {
      const outcome = classify(
        { kind, attempts: 1 },
        answered(200, JSON.stringify({ ...more, [field[kind]]: id })),
        now,
      );
      expect(outcome).toMatchObject(kind === 'ticket' ? { ticketNumber: read } : { historyId: read });
    }
  });

  describe.each(kinds)('else the answer of a %s is lost', kind => {
    const name = field[kind];
    const otherName = field[kind === 'ticket' ? 'reply' : 'ticket'];
    it.each([
      ['empty body', ''],
      ['empty object', '{}'],
      ['HTML', '<!doctype html><title>Sign in to the hotel Wi-Fi</title>'],
      ['empty id', `{"${name}":""}`],
      ['blank id', `{"${name}":" \\n\\t"}`],
      ['invisible id', `{"${name}":"\\u200f\\u202e\\u0000"}`],
      ['number for id', `{"${name}":111}`],
      ['null for id', `{"${name}":null}`],
      ['list for id', `{"${name}":["ASM-111"]}`],
      ['id of 101 characters', `{"${name}":"${'x'.repeat(101)}"}`],
      ['id of the other kind', `{"${otherName}":"ASM-111"}`],
      ['id one level down', `{"data":{"${name}":"ASM-111"}}`],
      ['object in a list', `[{"${name}":"ASM-111"}]`],
      ['bare text', '"ASM-111"'],
      ['broken JSON', `{"${name}":"ASM-111"`],
      ['JSON with a tail', `{"${name}":"ASM-111"}}`],
      ['inherited id', `{"__proto__":{"${name}":"ASM-111"}}`],
      ['deep nesting', '['.repeat(60_000) + ']'.repeat(60_000)],
    ])('%s', (_, body) => {
      const lost = {
        verdict: kind === 'ticket' ? 'retry' : 'unknown',
        failure: { kind: 'unreadable-answer', status: 200 },
      };
      expect(classify({ kind, attempts: 1 }, answered(200, body), now)).toMatchObject(lost);
    });

    it('body that broke off, though what came is readable', () => {
      const answer = answered(200, `{"${name}":"ASM-111"}`, { bodyComplete: false });
      expect(classify({ kind, attempts: 1 }, answer, now).verdict).toBe(
        kind === 'ticket' ? 'retry' : 'unknown',
      );
    });
  });
});

describe('delivered before', () => {
  it.each([1, 2])('409 on try %i, with the number when the body has it', attempts => {
    const none = { verdict: 'sent', ticketNumber: null, historyId: null };
    const body = errorBody('source specific id already exists');
    expect(classify({ kind: 'ticket', attempts }, answered(409, body), now)).toEqual(none);
    expect(classify({ kind: 'reply', attempts }, answered(409, body), now)).toEqual(none);
    const numbered = answered(409, '{"error":"exists","created_ticket_number":"ASM-7"}');
    expect(classify({ kind: 'ticket', attempts }, numbered, now)).toEqual({ ...none, ticketNumber: 'ASM-7' });
  });

  it.each([
    ['HTML of a proxy', '<html>Conflict</html>', true],
    ['nothing', '', true],
    ['JSON that is no object', '["already exists"]', true],
    ['JSON that broke off', '{"error":"source specific', false],
    ['a body that broke off, though what came is readable', errorBody('already exists'), false],
  ])('a 409 with %s proves nothing', (_, body, bodyComplete) => {
    for (const attempts of firstAndLater) {
      const answer = answered(409, body, { bodyComplete });
      expect(classify({ kind: 'ticket', attempts }, answer, now)).toEqual({
        verdict: 'retry',
        failure: { kind: 'unreadable-answer', status: 409 },
        retryAfterMs: null,
        mayHaveArrived: true,
      });
      expect(classify({ kind: 'reply', attempts }, answer, now)).toEqual({
        verdict: 'unknown',
        failure: { kind: 'unreadable-answer', status: 409 },
      });
    }
  });

  it('a 400 with the right words proves nothing when its body broke off', () => {
    const answer = answered(400, errorBody('ticket already exists'), { bodyComplete: false });
    expect(summary(classify({ kind: 'ticket', attempts: 2 }, answer, now))).toBe('retry unreadable-answer');
  });

  it.each([
    ['source specific id already exists', 'sent'],
    ['source_specific_id "cap_1" already exists', 'sent'],
    ['Source Specific ID already exists.', 'sent'],
    ['Ticket already exists', 'sent'],
    ['An interaction with this source_specific_id already exists', 'sent'],
    ['The event already exists', 'sent'],
    ['already exists', 'sent'],
    ['user already exists', 'attention rejected'],
    ['user with source_specific_id x already exists', 'attention rejected'],
    ['company already exists', 'attention rejected'],
    ['ticket does not exist', 'attention rejected'],
    ['missing title', 'attention rejected'],
  ])('a 400 that says "%s" to a ticket tried before', (text, result) => {
    expect(summary(classify({ kind: 'ticket', attempts: 2 }, answered(400, errorBody(text)), now))).toBe(
      result,
    );
    expect(summary(classify({ kind: 'ticket', attempts: 1 }, answered(400, errorBody(text)), now))).toBe(
      'attention rejected',
    );
    expect(summary(classify({ kind: 'reply', attempts: 2 }, answered(400, errorBody(text)), now))).toBe(
      'attention rejected',
    );
    expect(summary(classify({ kind: 'ticket', attempts: 2 }, answered(422, errorBody(text)), now))).toBe(
      'attention rejected',
    );
  });
});

describe("the server's words and waits", () => {
  it.each([400, 404, 413, 422])('%i is shown in its words', status => {
    const outcome = classify(
      { kind: 'reply', attempts: 1 },
      answered(status, errorBody('File size exceeds 32MB')),
      now,
    );
    expect(outcome).toEqual({
      verdict: 'attention',
      failure: { kind: 'rejected', status, detail: 'File size exceeds 32MB' },
    });
  });

  it.each([401, 403])('%i too', status => {
    const outcome = classify(
      { kind: 'ticket', attempts: 1 },
      answered(status, errorBody('Invalid API Key')),
      now,
    );
    expect(outcome).toEqual({
      verdict: 'pause-queue',
      failure: { kind: 'key-refused', status, detail: 'Invalid API Key' },
    });
  });

  it('Retry-After of a 429 goes into the outcome and the failure', () => {
    for (const kind of kinds) {
      const answer = answered(429, '<html>', { headers: { ...noHeaders, retryAfter: '120' } });
      expect(classify({ kind, attempts: 1 }, answer, now)).toEqual({
        verdict: 'retry',
        failure: { kind: 'too-many-requests', retryAfterMs: 120_000 },
        retryAfterMs: 120_000,
        mayHaveArrived: false,
      });
    }
  });

  it('Retry-After of a 503 counts for a ticket, as a date against the date of the answer', () => {
    const headers = {
      retryAfter: 'Sun, 06 Nov 1994 08:50:07 GMT',
      date: 'Sun, 06 Nov 1994 08:49:37 GMT',
    };
    const outcome = classify(
      { kind: 'ticket', attempts: 1 },
      answered(503, errorBody('down'), { headers }),
      now,
    );
    expect(outcome).toEqual({
      verdict: 'retry',
      failure: { kind: 'server-error', status: 503, detail: 'down' },
      retryAfterMs: 30_000,
      mayHaveArrived: true,
    });
  });
});

describe('a 404 for a reply to a ticket that this outbox delivered just now', () => {
  it('is tried again: the ticket may not be visible yet', () => {
    const answer = answered(404, errorBody('ticket not found for identifier: cap_1'));
    expect(summary(classify({ kind: 'reply', attempts: 1, ownFreshTicket: true }, answer, now))).toBe(
      'retry rejected',
    );
    expect(summary(classify({ kind: 'reply', attempts: 1, ownFreshTicket: false }, answer, now))).toBe(
      'attention rejected',
    );
    expect(summary(classify({ kind: 'ticket', attempts: 1, ownFreshTicket: true }, answer, now))).toBe(
      'attention rejected',
    );
  });
});
