import { cutText, oneLine } from './text.ts';

const nameLimitCharacters = 90;

/** The name that was typed, `fallback` for none, with a number behind it where another has it: `Bug 2`. At most 100 characters. */
export function uniqueName(typed: string, others: readonly string[], fallback: string): string {
  const name = cutText(oneLine(typed), nameLimitCharacters).trim() || fallback;
  const isTaken = (wanted: string) =>
    others.some(other => other.trim().toLowerCase() === wanted.toLowerCase());
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? name : `${name} ${number}`;
    if (!isTaken(wanted)) return wanted;
  }
}
