interface Event {
  at: number;
  /** Events of one instant happen in the order in which they were added. */
  order: number;
  happen(): void;
}

/** A virtual clock: events happen in the order of their instants, and no time passes in between. A binary heap. */
export class EventQueue {
  readonly #heap: Event[] = [];
  #now: number;
  #added = 0;

  constructor(startsAt: number) {
    this.#now = startsAt;
  }

  /** Milliseconds. */
  get now(): number {
    return this.#now;
  }

  /** An instant that has passed counts as now. */
  add(at: number, happen: () => void): void {
    const event = { at: Math.max(at, this.#now), order: this.#added++, happen };
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (!parent || isBefore(parent, event)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = event;
  }

  /** Lets all events up to `until` happen, and those that they add; false when `isOver` ended it before. */
  run(until: number, isOver: () => boolean): boolean {
    while ((this.#heap[0]?.at ?? Number.POSITIVE_INFINITY) <= until) {
      if (isOver()) return false;
      const event = this.#takeFirst();
      if (!event) break;
      this.#now = event.at;
      event.happen();
    }
    return !isOver();
  }

  #takeFirst(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]];
      const isRight = left !== undefined && right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (!child || isBefore(last, child)) break;
      heap[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    heap[index] = last;
    return first;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
