/** Where the worker is to stop: at the `hit`-th pass of a checkpoint from now on, once. */
export interface StopAt {
  /** Another one each time, so that an answer is not taken for that to an earlier request. */
  readonly id: string;
  readonly name: string;
  /** 1 is the next pass. */
  readonly hit: number;
}

/**
 * What a test and the worker tell each other, in `storage.session`: it outlives the worker and is gone with the
 * browser.
 */
export interface StopItems {
  stopAt: StopAt | null;
  /** The id of the stop that the running worker knows of. */
  armed: string;
  /** The id of the stop at which the worker stands still. */
  stoppedAt: string;
  /** What was thrown and caught by nobody, the last one. */
  problem: string;
}

/** What the name of a worker's lock begins with. It is held as long as that worker lives, and no other has it. */
export const lifeLock = 'life of a worker ';
