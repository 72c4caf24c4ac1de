import type { Lane } from '../../src/core/outbox/rate-limit.ts';

/**
 * How the server keeps to its limit. The vendor does not say which it is.
 * `charging` is a sliding window that counts the requests which it refuses, too.
 */
export type LimiterKind = 'window' | 'bucket' | 'charging';

/** What the vendor allows all clients of one key together. */
export const allowed: Readonly<Record<Lane, { count: number; windowMs: number }>> = {
  ticket: { count: 30, windowMs: 1_000 },
  reply: { count: 60, windowMs: 60_000 },
};

/** Instants in a window that moves with the clock. They come in order. */
export class SlidingWindow {
  readonly #windowMs: number;
  readonly #instants: number[] = [];
  #first = 0;
  /** The most that were ever in it. */
  peak = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  countAt(now: number): number {
    const instants = this.#instants;
    while ((instants[this.#first] ?? now) <= now - this.#windowMs) this.#first++;
    return instants.length - this.#first;
  }

  add(now: number): void {
    this.#instants.push(now);
    this.peak = Math.max(this.peak, this.countAt(now));
  }
}

/** Whether a request that arrives now is within the limit. */
export type Admit = (now: number) => boolean;

const limiters: Readonly<Record<LimiterKind, (lane: Lane) => Admit>> = {
  window: lane => windowLimiter(lane, false),
  charging: lane => windowLimiter(lane, true),
  bucket(lane) {
    const { count, windowMs } = allowed[lane];
    let tokens = count;
    let filledAt = 0;
    return now => {
      tokens = Math.min(count, tokens + ((now - filledAt) * count) / windowMs);
      filledAt = now;
      if (tokens < 1) return false;
      tokens--;
      return true;
    };
  },
};

function windowLimiter(lane: Lane, chargesRefused: boolean): Admit {
  const { count, windowMs } = allowed[lane];
  const counted = new SlidingWindow(windowMs);
  return now => {
    const isAdmitted = counted.countAt(now) < count;
    if (isAdmitted || chargesRefused) counted.add(now);
    return isAdmitted;
  };
}

/** The API as the clients of one key see it: its limit of one lane, and its outage. Keeps count of what it saw. */
export class Server {
  readonly #admit: Admit;
  readonly #backAt: number;
  /** How often each job was taken. */
  readonly taken = new Map<string, number>();
  refused = 0;
  readonly requestsInSecond = new SlidingWindow(1_000);
  readonly requestsInMinute = new SlidingWindow(60_000);

  /** `backAt`: until then it is in trouble. */
  constructor(lane: Lane, kind: LimiterKind, backAt: number) {
    this.#admit = limiters[kind](lane);
    this.#backAt = backAt;
  }

  /** The status of the answer to a request that arrives now. */
  answer(jobId: string, now: number): number {
    this.requestsInSecond.add(now);
    this.requestsInMinute.add(now);
    if (now < this.#backAt) return 503;
    if (!this.#admit(now)) {
      this.refused++;
      return 429;
    }
    this.taken.set(jobId, (this.taken.get(jobId) ?? 0) + 1);
    return 200;
  }
}
