import { useEffect, useRef } from 'preact/hooks';

/** Listens on the whole page, so that a key works wherever the focus is. Always calls the latest listener. */
export function useDocumentEvent<Name extends keyof DocumentEventMap>(
  name: Name,
  listener: (event: DocumentEventMap[Name]) => void,
): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const call = (event: DocumentEventMap[Name]) => latest.current(event);
    document.addEventListener(name, call);
    return () => document.removeEventListener(name, call);
  }, [name]);
}
