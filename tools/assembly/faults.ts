import { z } from 'zod';
import type { SeenRequest } from './record.ts';

const matching = {
  /** Which requests it waits for. */
  match: z.enum(['any', 'ticket', 'reply', 'list-users', 'fetch-user', 'accounts', 'contact']).default('any'),
};

/**
 * What can go wrong with one request. `commit` says whether the request is served first (the ticket exists although the
 * answer is lost) or never was.
 */
export const faultSchema = z.discriminatedUnion('kind', [
  /** The connection ends before any answer: by RST or by FIN. Over HTTP/2 the whole session ends. */
  z.strictObject({
    kind: z.literal('drop'),
    ...matching,
    commit: z.boolean(),
    how: z.enum(['reset', 'fin']).default('reset'),
  }),
  /** Headers and half of the body, then the connection ends. */
  z.strictObject({ kind: z.literal('truncate'), ...matching, commit: z.boolean().default(true) }),
  /** The right answer, late. */
  z.strictObject({
    kind: z.literal('delay'),
    ...matching,
    beforeCommitMs: z.int().min(0).default(0),
    afterCommitMs: z.int().min(0).default(0),
  }),
  /** No answer, and the connection stays open. */
  z.strictObject({ kind: z.literal('hang'), ...matching, commit: z.boolean().default(false) }),
  /** The right answer, its body one byte at a time. */
  z.strictObject({ kind: z.literal('drip'), ...matching, everyMs: z.int().min(1).default(1000) }),
  /** Any answer at all: a captive portal's page, a 503, a 429 with Retry-After, nonsense. */
  z.strictObject({
    kind: z.literal('answer'),
    ...matching,
    commit: z.boolean().default(false),
    status: z.int().min(200).max(599),
    headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
    body: z.string().default(''),
  }),
  /** The server stops reading the body after some bytes, then holds or resets the connection. Nothing is committed. */
  z.strictObject({
    kind: z.literal('stop-reading'),
    ...matching,
    afterBytes: z.int().min(0),
    how: z.enum(['hang', 'reset']).default('hang'),
  }),
]);

export type Fault = z.output<typeof faultSchema>;
/** A fault as it is written down: what has a default may be left out. */
export type FaultScript = z.input<typeof faultSchema>;
/** A closer look at the request, in process only. Its parts are known, except to `stop-reading`. */
export type FaultCondition = (seen: SeenRequest) => boolean;

interface ArmedFault {
  readonly fault: Fault;
  readonly condition: FaultCondition;
}

/** Faults on demand: a queue, each used once by the first request that it matches, and standing ones behind it. */
export class Faults {
  readonly #queue: ArmedFault[] = [];
  readonly #standing: ArmedFault[] = [];

  /** Queues a fault for one request. */
  next(script: FaultScript, condition: FaultCondition = () => true): void {
    this.#queue.push({ fault: faultSchema.parse(script), condition });
  }

  /** A fault for every request that it matches and no queued fault meets, until `clear`. */
  always(script: FaultScript, condition: FaultCondition = () => true): void {
    this.#standing.push({ fault: faultSchema.parse(script), condition });
  }

  /** Back to good behaviour: forgets queued and standing faults. */
  clear(): void {
    this.#queue.length = 0;
    this.#standing.length = 0;
  }

  /** How many faults are armed. */
  count(): { queued: number; standing: number } {
    return { queued: this.#queue.length, standing: this.#standing.length };
  }

  /**
   * The fault for this request, if any. It is asked twice for each: before the body is read (`stop-reading` faults
   * only) and after (all others).
   */
  take(seen: SeenRequest, moment: 'before-body' | 'after-body'): Fault | null {
    const fits = ({ fault, condition }: ArmedFault) =>
      (fault.kind === 'stop-reading') === (moment === 'before-body') &&
      (fault.match === 'any' || fault.match === seen.endpoint) &&
      condition(seen);
    const at = this.#queue.findIndex(fits);
    const armed = at === -1 ? this.#standing.find(fits) : this.#queue.splice(at, 1)[0];
    return armed?.fault ?? null;
  }
}
