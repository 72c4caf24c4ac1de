import { useRef } from 'preact/hooks';

/**
 * Runs what is done with an item, by its id, unless something is being done with it already: a button whose answer takes
 * its time is pressed once more, and the second press means the first.
 */
export function useAlone(): (id: string, work: () => Promise<void>) => void {
  const busy = useRef(new Set<string>());
  return (id, work) => {
    if (busy.current.has(id)) return;
    busy.current.add(id);
    void work().finally(() => busy.current.delete(id));
  };
}
