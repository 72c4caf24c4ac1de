import type { Failure } from '../failure.ts';
import { oneLine } from '../text.ts';
import type { JobRequest } from './job.ts';
import { parseJsonObject } from './json-object.ts';
import { retryAfterMs } from './retry-after.ts';
import { serverWords } from './server-words.ts';

/** What came of one request. */
export type Answer =
  | {
      kind: 'answered';
      status: number;
      headers: { retryAfter: string | null; date: string | null };
      /** At most 64 KB of it. */
      body: string;
      /** False when the body was cut at 64 KB or broke off. */
      bodyComplete: boolean;
    }
  | {
      kind: 'no-answer';
      reason: 'offline' | 'network' | 'timed-out';
      /** True only when it is certain that no byte was sent; such a try cannot have been delivered. */
      neverLeft: boolean;
    };

/** The try that the answer belongs to. */
export interface Attempt {
  kind: JobRequest['kind'];
  /** Tries of the job, this one included. */
  attempts: number;
  /** A reply to a ticket that this outbox delivered minutes ago: the server may not see it yet. */
  ownFreshTicket?: boolean;
}

/** What the answer means for the job. `retryAfterMs` is what the server asked for, already clamped. */
export type Outcome =
  | { verdict: 'sent'; ticketNumber: string | null; historyId: string | null }
  /** `mayHaveArrived`: the request may have been carried out all the same. */
  | { verdict: 'retry'; failure: Failure; retryAfterMs: number | null; mayHaveArrived: boolean }
  /** It never left, and that is nobody's fault: it goes again soon, and the try does not count. */
  | { verdict: 'postpone'; failure: Failure }
  | { verdict: 'pause-queue'; failure: Failure }
  | { verdict: 'attention'; failure: Failure }
  | { verdict: 'unknown'; failure: Failure };

type Answered = Extract<Answer, { kind: 'answered' }>;
type Meaning = 'accepted' | 'duplicate' | 'key-refused' | 'slow-down' | 'trouble' | 'rejected' | 'foreign';

const meaningOfStatus: Readonly<Record<number, Meaning>> = {
  401: 'key-refused',
  403: 'key-refused',
  408: 'trouble',
  409: 'duplicate',
  425: 'trouble',
  429: 'slow-down',
};
const meaningOfHundred: Readonly<Record<number, Meaning>> = { 2: 'accepted', 4: 'rejected', 5: 'trouble' };

const idLimitCharacters = 100;

/**
 * Texts of a 400 that say "this ticket is there already". The subject is part of the pattern: "user already
 * exists" is about something else, and taking it for success would lose the ticket.
 */
const duplicateText =
  /^(?:an? |the |this )?(?:source[ _]specific[ _]id|ticket|interaction|event)\b.*\balready exists|^already exists/i;

const failureOfReason: Readonly<Record<Extract<Answer, { kind: 'no-answer' }>['reason'], Failure>> = {
  offline: { kind: 'offline' },
  network: { kind: 'unreachable' },
  'timed-out': { kind: 'timed-out' },
};

/** The JSON object of a whole body; null when a piece of it is missing or it is anything else. */
function wholeObject({ body, bodyComplete }: Answered): Record<string, unknown> | null {
  return bodyComplete ? parseJsonObject(body) : null;
}

/** The created id of a whole, readable body; opaque text, so only its presence and length are checked. */
function createdId(kind: Attempt['kind'], answer: Answered): string | null {
  const field = kind === 'ticket' ? 'created_ticket_number' : 'created_history_id';
  const value = wholeObject(answer)?.[field];
  if (typeof value !== 'string' || value.length > idLimitCharacters) return null;
  return oneLine(value) || null;
}

function sent(kind: Attempt['kind'], id: string | null): Outcome {
  return kind === 'ticket'
    ? { verdict: 'sent', ticketNumber: id, historyId: null }
    : { verdict: 'sent', ticketNumber: null, historyId: id };
}

/**
 * The request may have been carried out. A ticket goes again: its id keeps it from being created twice.
 * For replies the vendor promises that only for Slack, and a reply may reach a customer: a person decides.
 */
function lost(kind: Attempt['kind'], failure: Failure, waitMs: number | null): Outcome {
  return kind === 'ticket'
    ? { verdict: 'retry', failure, retryAfterMs: waitMs, mayHaveArrived: true }
    : { verdict: 'unknown', failure };
}

/** "It is there already": proof when Assembly says it in JSON. The HTML of a proxy's 409 proves nothing. */
function duplicate(kind: Attempt['kind'], answer: Answered, waitMs: number | null): Outcome {
  if (wholeObject(answer) !== null) return sent(kind, createdId(kind, answer));
  return lost(kind, { kind: 'unreadable-answer', status: answer.status }, waitMs);
}

function rejected(attempt: Attempt, answer: Answered, waitMs: number | null): Outcome {
  const { status } = answer;
  const detail = serverWords(status, answer.body);
  const failure: Failure = { kind: 'rejected', status, detail };
  const isRetriedTicket = attempt.kind === 'ticket' && attempt.attempts > 1;
  if (status === 400 && isRetriedTicket && duplicateText.test(detail)) {
    return duplicate('ticket', answer, waitMs);
  }
  if (status === 404 && attempt.kind === 'reply' && attempt.ownFreshTicket === true) {
    return { verdict: 'retry', failure, retryAfterMs: waitMs, mayHaveArrived: false };
  }
  return { verdict: 'attention', failure };
}

/**
 * Reads one answer of `POST /interactions` (ticket) or `POST /interactions/reply` (reply). Total: every answer
 * has exactly one outcome and nothing throws. `sent` needs a whole JSON object: with the created id, or with the
 * word that our own random id is there already (409 also on the first try, since the browser may have sent it twice).
 * `now`, epoch ms, stands in where a `Retry-After` date comes without a `Date` header.
 */
export function classify(attempt: Attempt, answer: Answer, now: number): Outcome {
  const { kind } = attempt;
  if (answer.kind === 'no-answer') {
    const failure = failureOfReason[answer.reason];
    return answer.neverLeft ? { verdict: 'postpone', failure } : lost(kind, failure, null);
  }

  const { status, headers } = answer;
  const waitMs = retryAfterMs(headers.retryAfter, headers.date, now);
  const meaning = meaningOfStatus[status] ?? meaningOfHundred[Math.floor(status / 100)] ?? 'foreign';
  switch (meaning) {
    case 'accepted': {
      const id = createdId(kind, answer);
      return id === null ? lost(kind, { kind: 'unreadable-answer', status }, waitMs) : sent(kind, id);
    }
    case 'duplicate':
      return duplicate(kind, answer, waitMs);
    case 'key-refused': {
      const detail = serverWords(status, answer.body);
      return { verdict: 'pause-queue', failure: { kind: 'key-refused', status, detail } };
    }
    case 'slow-down': {
      // Refused before anything was done, so a reply may go again too.
      const failure: Failure = { kind: 'too-many-requests', retryAfterMs: waitMs };
      return { verdict: 'retry', failure, retryAfterMs: waitMs, mayHaveArrived: false };
    }
    case 'trouble': {
      const detail = serverWords(status, answer.body);
      return lost(kind, { kind: 'server-error', status, detail }, waitMs);
    }
    case 'rejected':
      return rejected(attempt, answer, waitMs);
    case 'foreign':
      // A redirect, or a status that HTTP does not have: somebody between us and Assembly answered.
      return lost(kind, { kind: 'unreadable-answer', status }, waitMs);
  }
}
