import { Refusal } from './answer.ts';
import type { SeenRequest } from './record.ts';

/**
 * The named parameters of the query string; one that is absent or empty is null.
 *
 * @throws Refusal 400 for an unknown parameter or one given twice
 */
export function readQuery(seen: SeenRequest, names: readonly string[]): (name: string) => string | null {
  for (const [name, value] of Object.entries(seen.query)) {
    if (!names.includes(name)) throw new Refusal(400, `unknown query parameter: ${name}`);
    if (typeof value !== 'string') throw new Refusal(400, `${name} was given more than once`);
  }
  return name => {
    const value = seen.query[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
}

/** @throws Refusal 400 unless the text is a whole number from `min` to `max` */
export function readCount(name: string, text: string, min: number, max: number): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= min && count <= max)) throw new Refusal(400, `${name} must be from ${min} to ${max}`);
  return count;
}
