import type { FaultScript } from '../../../tools/assembly/faults.ts';
import type { SeenRequest } from '../../../tools/assembly/record.ts';

/** Where a worker is killed while it files or sends one ticket or reply, and what holds from then on. */
export interface Kill {
  /** The checkpoints that it is killed at, one in each of its lives. None: it is killed while Assembly serves. */
  readonly stops: readonly string[];
  /** What the first request of the round meets. */
  readonly fault?: { readonly what: string; readonly script: FaultScript };
  /** Without stops: what the request looks like once the worker is to be killed, and how long after that it is. */
  readonly isReached?: (seen: SeenRequest) => boolean;
  readonly afterMs?: number;

  /**
   * What was said to who pressed Send: nothing; that it is saved; or either, where the worker may stand in the way of
   * its own answer by the transaction that it stops in.
   */
  readonly said: 'nothing' | 'saved' | 'either';
  /** Whether an alarm must stand by after the kill, so that another life comes though nobody asks for it. */
  readonly alarm: boolean;
  /** How many requests have reached Assembly by the kill, and whether it has made a ticket or reply of one. */
  readonly requests: 0 | 1;
  readonly created: boolean;
  /**
   * What the lives that follow do: nothing before Send is pressed again, since the draft alone is stored; send it at
   * once, as its first try; send it after a wait, as the try that follows a failed or interrupted one; or no more,
   * since it is sent.
   */
  readonly goesOn: 'nothing' | 'first-try' | 'next-try' | 'done';
  /** The wait is too long for a test: the person ends it by Send now. */
  readonly waitsLong?: true;
  /**
   * Replies are killed there too: the lives that follow deal with one as with a ticket, or, since it may have left,
   * leave it as `unknown` to the person.
   */
  readonly replies?: 'like-tickets' | 'ask-the-person';
  /** Whether bytes that nothing names any more lie in the store, for the sweep to delete. */
  readonly orphan?: true;
}

const unsaid = { said: 'nothing', requests: 0, created: false } as const;
const saved = { said: 'saved', alarm: true, requests: 0, created: false } as const;
const interrupted = { ...saved, goesOn: 'next-try', replies: 'ask-the-person' } as const;
const inFetch = { ...interrupted, stops: [], requests: 1 } as const;
const created = { ...interrupted, requests: 1, created: true } as const;
const sent = { ...created, alarm: false, goesOn: 'done', replies: 'like-tickets' } as const;
const sentTicket = { ...saved, alarm: false, requests: 1, created: true, goesOn: 'done' } as const;

/** Every checkpoint of the code is in one row at least, and each row names only checkpoints of the code. */
export const kills: readonly Kill[] = [
  { ...unsaid, stops: ['enqueue.before-tx'], alarm: false, goesOn: 'nothing' },
  { ...unsaid, stops: ['enqueue.inside'], alarm: false, goesOn: 'nothing' },
  { ...unsaid, stops: ['enqueue.after-commit'], alarm: false, goesOn: 'first-try' },
  { ...unsaid, stops: ['enqueue.before-ack'], alarm: true, goesOn: 'first-try' },

  { ...saved, stops: ['drain.start'], goesOn: 'first-try' },
  { ...saved, stops: ['begin.inside'], said: 'either', goesOn: 'first-try', replies: 'like-tickets' },
  { ...interrupted, stops: ['send.after-begin'] },
  { ...interrupted, stops: ['send.body-built'] },
  { ...interrupted, stops: ['send.before-fetch'] },
  { ...interrupted, stops: ['send.before-fetch', 'drain.start'] },
  { ...interrupted, stops: ['send.before-fetch', 'drain.recovered'] },

  {
    ...inFetch,
    fault: { what: 'half of the body is read', script: { kind: 'stop-reading', afterBytes: 60_000 } },
    isReached: ({ fault }) => fault === 'stop-reading',
    afterMs: 50,
    created: false,
  },
  {
    ...inFetch,
    fault: { what: 'nothing is created yet', script: { kind: 'hang', commit: false } },
    isReached: ({ fault }) => fault === 'hang',
    created: false,
  },
  {
    ...inFetch,
    fault: { what: 'created, no word of it yet', script: { kind: 'hang', commit: true } },
    isReached: ({ fault }) => fault === 'hang',
    created: true,
  },
  {
    ...inFetch,
    // A byte every 250 ms: the whole would take eight seconds and more.
    fault: { what: 'created, the answer has begun', script: { kind: 'drip', everyMs: 250 } },
    isReached: ({ status }) => status !== null,
    afterMs: 500,
    created: true,
  },

  { ...created, stops: ['send.answered'] },
  { ...created, stops: ['settle.inside'], said: 'either' },
  { ...sent, stops: ['settle.after-commit'] },

  { ...sentTicket, stops: ['wake.before-alarm'] },
  {
    ...saved,
    stops: ['wake.before-alarm'],
    // Told to wait for longer than a worker waits by itself.
    fault: {
      what: 'refused for the moment',
      script: { kind: 'answer', status: 503, headers: { 'retry-after': '30' } },
    },
    requests: 1,
    goesOn: 'next-try',
    waitsLong: true,
  },
  { ...sentTicket, stops: ['sweep.before'], orphan: true },
  { ...sentTicket, stops: ['sweep.inside'], said: 'either', orphan: true },
];

/** The checkpoints that the code must have. */
export const checkpointNames: readonly string[] = [...new Set(kills.flatMap(({ stops }) => stops))];
