import type { SenderPorts } from './ports.ts';

// The two clocks drift apart by less than this while nobody sets one, and the computer does not sleep. An unnoticed
// step forward lets a request more through for each 40 ms.
const toleranceMs = 20;

/**
 * Tells whether what is stored by the clock may not be compared with it now: when asked for the first time in a
 * worker, and whenever the clock has jumped since it was asked last.
 */
export class ClockWatch {
  readonly #clock: SenderPorts['clock'];
  #offsetMs = Number.POSITIVE_INFINITY;

  constructor(clock: SenderPorts['clock']) {
    this.#clock = clock;
  }

  hasJumped(): boolean {
    const offsetMs = this.#clock.now() - this.#clock.monotonic();
    const hasJumped = Math.abs(offsetMs - this.#offsetMs) > toleranceMs;
    this.#offsetMs = offsetMs;
    return hasJumped;
  }
}
