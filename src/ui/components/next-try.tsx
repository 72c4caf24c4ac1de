import { text } from '../../platform/localised-text.ts';
import { instantText } from '../instant-text.ts';
import { nextTryText } from '../next-try-text.ts';

/**
 * Counts down, after the words that say why, to an instant; both are epoch ms, null draws nothing. Assistive
 * technology gets the time of day, which stays as it is: a live region would say every second aloud.
 */
export function NextTry({ at, now }: { at: number | null; now: number }) {
  if (at === null) return null;
  return (
    <>
      {' '}
      <span class="visually-hidden">{text('nextTryAt', instantText(at, 'medium'))}</span>
      <span class="next-try" aria-hidden="true" data-widest={text('nextTryMinutes', 88)}>
        {nextTryText(at, now)}
      </span>
    </>
  );
}
