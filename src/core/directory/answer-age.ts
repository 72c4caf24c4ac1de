/** An answer that is younger is given again without asking. */
const freshMs = 10 * 60_000;
/** Somebody who is not known now may be created the next minute, by a ticket of ours. */
const freshWhenNothingFoundMs = 60_000;
const keptMs = 30 * 24 * 60 * 60_000;

/** So many answers are kept; the oldest go first. */
export const keptAnswersLimit = 500;

/** Whether an answer of the instant `at` can stand for a new one. `now`, epoch ms, may lie before `at`: a clock was set. */
export function isFresh(at: number, isNothingFound: boolean, now: number): boolean {
  const ageMs = now - at;
  return ageMs >= 0 && ageMs < (isNothingFound ? freshWhenNothingFoundMs : freshMs);
}

/** Whether an answer is too old to be kept. One from the future is: its age is not known. */
export function isOutdated(at: number, now: number): boolean {
  return now < at || now - at >= keptMs;
}
