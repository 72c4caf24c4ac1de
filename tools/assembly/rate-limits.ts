import type { RateLimit } from './settings.ts';

/** Counts requests per caller in a sliding window. Time comes in, so that tests need not wait. */
export class RequestWindow {
  readonly #timesByCaller = new Map<string, number[]>();

  /** Whether the caller may go on. `null` as limit lets everyone through and counts nothing. */
  admit(caller: string, limit: RateLimit | null, nowMs: number): boolean {
    if (limit === null) return true;
    const recent = (this.#timesByCaller.get(caller) ?? []).filter(time => time > nowMs - limit.windowMs);
    const admitted = recent.length < limit.count;
    if (admitted || limit.chargesRefused) recent.push(nowMs);
    this.#timesByCaller.set(caller, recent);
    return admitted;
  }
}
