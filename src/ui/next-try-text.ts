import { text } from '../platform/localised-text.ts';

const secondsUpTo = 90;

/** The countdown to an instant (both epoch ms): seconds when they are few, else minutes, never too early. */
export function nextTryText(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1_000);
  if (seconds <= 0) return text('nextTryNow');
  return seconds < secondsUpTo
    ? text('nextTrySeconds', seconds)
    : text('nextTryMinutes', Math.ceil(seconds / 60));
}
