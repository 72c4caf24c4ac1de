/**
 * `navigator.locks` of one worker, exclusive locks only: one holder at a time, the others in the order in which
 * they asked; a lock is free again when its holder's work has settled. When a worker dies its locks die with it,
 * so each simulated worker gets its own.
 */
export function createLocks() {
  const lastOf = new Map<string, Promise<unknown>>();
  return {
    request<T>(
      name: string,
      callback: (lock: { name: string; mode: 'exclusive' }) => Promise<T>,
    ): Promise<T> {
      const before = lastOf.get(name) ?? Promise.resolve();
      const result = before.then(() => callback({ name, mode: 'exclusive' }));
      lastOf.set(
        name,
        result.catch(() => {}),
      );
      return result;
    },
  };
}
