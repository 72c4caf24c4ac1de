/**
 * Runs `work` once at a time. Changes come in bursts: all calls during a run share the one run that follows it, and
 * what a call resolves after was read after the call. A run that fails fails for those who share it, and for no one else.
 */
export function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    next ??= running.then(() => {
      next = null;
      const run = work();
      running = run.catch(() => {});
      return run;
    });
    return next;
  };
}
