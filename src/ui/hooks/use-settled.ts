import { useEffect, useState } from 'preact/hooks';

/** The value that has stood for `restMs`; null until it changed for the first time, so that nothing is said at the start. */
export function useSettled<Value>(value: Value, restMs: number): Value | null {
  const [first] = useState(value);
  const [settled, setSettled] = useState<Value | null>(null);
  useEffect(() => {
    if (value === first && settled === null) return;
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return settled;
}
