import { useEffect, useRef } from 'preact/hooks';
import { type Change, onChange } from '../../platform/changes.ts';

/** Calls the latest `listener` for each change that the worker or another page announces. */
export function useChange(listener: (change: Change) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => onChange(change => latest.current(change)), []);
}
