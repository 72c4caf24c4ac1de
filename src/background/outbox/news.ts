/** Tells a run that sleeps, or is about to, that there is something to look at. */
export class News {
  #isOutboxChanged = true;
  #hasHappened = false;
  #wake = () => {};

  /** Something else than the run changed the outbox. */
  outboxChanged(): void {
    this.#isOutboxChanged = true;
    this.happened();
  }

  /** Something that the run knows of, but may not have looked at. */
  happened(): void {
    this.#hasHappened = true;
    this.#wake();
  }

  /** Whether what the look saw is old by now. */
  get hasHappened(): boolean {
    return this.#hasHappened;
  }

  /** Whether the outbox was changed since this was asked last. */
  takeOutboxChanged(): boolean {
    const isChanged = this.#isOutboxChanged;
    this.#isOutboxChanged = false;
    return isChanged;
  }

  /** The run looks at everything from here on. */
  beginLook(): void {
    this.#hasHappened = false;
  }

  /** Waits for the timer's end, or less: not at all when something happened since the look began. */
  async sleep(timer: () => { done: Promise<void>; cancel(): void }): Promise<void> {
    if (this.#hasHappened) return;
    const { done, cancel } = timer();
    this.#wake = cancel;
    await done;
    this.#wake = () => {};
  }
}
