/** An event of the browser: who listens, and a way for a test to make it happen. */
export function createEvent<Args extends unknown[], Answer = void>() {
  const listeners = new Set<(...args: Args) => Answer>();
  return {
    addListener: (listener: (...args: Args) => Answer) => void listeners.add(listener),
    removeListener: (listener: (...args: Args) => Answer) => void listeners.delete(listener),
    /** Calls all who listen; their answers, in order. */
    fire: (...args: Args): Answer[] => [...listeners].map(listener => listener(...args)),
    /** What happens to the listeners of a context that ends. */
    forgetListeners: () => listeners.clear(),
  };
}
