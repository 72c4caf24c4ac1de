import { useEffect, useRef } from 'preact/hooks';
import { useNow } from './use-now.ts';

const lookEveryMs = 5_000;

/**
 * The present time for countdowns to `instants`, epoch ms. Ticks while one of them is to come. Once one has passed
 * `lookAgain` is called every 5 s: the try that was due is announced, but an announcement can be missed.
 */
export function useNextTries(instants: readonly number[], lookAgain: () => void): number {
  const latest = useRef(lookAgain);
  latest.current = lookAgain;
  const now = useNow(instants.some(at => at > Date.now()));
  const isDue = instants.some(at => at <= now);
  useEffect(() => {
    if (!isDue) return;
    const timer = setInterval(() => document.hidden || latest.current(), lookEveryMs);
    return () => clearInterval(timer);
  }, [isDue]);
  return now;
}
