import { describe, expect, it } from 'vitest';
import { createUlidSource, isUlid } from '../../../tools/assembly/ulid.ts';

describe('ULIDs', () => {
  it('carry the time in their first ten characters', () => {
    expect(createUlidSource(() => 1_469_918_176_385)()).toMatch(/^01ARYZ6S41/);
    expect(createUlidSource(() => 0)()).toMatch(/^0{10}/);
  });

  it('rise strictly within a millisecond and when the clock steps back', () => {
    let nowMs = 1_750_000_000_000;
    const next = createUlidSource(() => nowMs);
    const made = Array.from({ length: 500 }, () => next());
    nowMs -= 60_000;
    made.push(next(), next());
    expect(made.every(isUlid)).toBe(true);
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
  });
});
