interface Entry {
  at: number;
  order: number;
  happen: () => void;
}

/** A clock that runs from event to event, as fast as the work between them. */
export class VirtualTime {
  #elapsedMs = 0;
  #offsetMs = Date.UTC(2026, 0, 2, 9);
  #order = 0;
  #entries: Entry[] = [];
  /** Work that is under way in real time: while there is any, the clock stands still. */
  busy = 0;

  /** Epoch ms, as somebody has set the clock. */
  now(): number {
    return Math.floor(this.#elapsedMs + this.#offsetMs);
  }

  /** Milliseconds that nobody can set. */
  elapsed(): number {
    return this.#elapsedMs;
  }

  setClock(byMs: number): void {
    this.#offsetMs += byMs;
  }

  /** Lets something happen later; answers how to prevent it. */
  after(delayMs: number, happen: () => void): () => void {
    this.#order += 1;
    const entry = { at: this.#elapsedMs + Math.max(0, delayMs), order: this.#order, happen };
    this.#entries.push(entry);
    return () => {
      this.#entries = this.#entries.filter(other => other !== entry);
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise(resolve => {
      this.after(delayMs, resolve);
    });
  }

  /** Lets real work come to rest, then goes on to the next event, until `isOver` or nothing is left to happen. */
  async run(isOver: () => boolean, limitMs: number): Promise<void> {
    const end = this.#elapsedMs + limitMs;
    while (true) {
      await this.#rest();
      if (isOver()) return;
      const next = this.#takeNext();
      if (!next) return;
      if (next.at > end) throw new Error(`Not over after ${limitMs} ms of virtual time.`);
      this.#elapsedMs = Math.max(this.#elapsedMs, next.at);
      next.happen();
    }
  }

  async #rest(): Promise<void> {
    // What an answer sets off begins before the next turn, so one turn without work is rest.
    do await new Promise(resolve => setImmediate(resolve));
    while (this.busy > 0);
  }

  #takeNext(): Entry | undefined {
    let first: Entry | undefined;
    for (const entry of this.#entries) {
      if (!first || entry.at < first.at || (entry.at === first.at && entry.order < first.order))
        first = entry;
    }
    if (first) this.#entries = this.#entries.filter(entry => entry !== first);
    return first;
  }
}
