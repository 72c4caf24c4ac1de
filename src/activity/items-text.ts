import { text } from '../platform/localised-text.ts';

/** So many items, in words. */
export function itemsText(count: number): string {
  return count === 1 ? text('activityCountOne') : text('activityCount', count.toLocaleString());
}
