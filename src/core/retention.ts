/** How long the history keeps what was sent. */
export interface Retention {
  /** Pictures and files of what was sent; 0: they go in the moment in which it is delivered. */
  filesDays: number;
  /** Titles, texts, customers and page addresses of what was sent; null: they stay. Number, id and time always stay. */
  textsDays: number | null;
}

export const defaultRetention: Retention = { filesDays: 0, textsDays: 90 };

/** The choices in the settings. */
export const filesDaysChoices = [0, 1, 7, 30] as const;
export const textsDaysChoices = [7, 30, 90, 365, null] as const;

/** For so long a draft that was put aside is kept. */
export const asideDays = 7;
/** For so long a discarded item can be taken back, at least. */
export const discardedMs = 10 * 60_000;

export const dayMs = 24 * 60 * 60_000;

/** When it was last looked for what is old, and from when on that may be removed; epoch ms. */
export interface AgeMark {
  lookedAt: number;
  removesFrom: number;
}

/** Longer than this nobody leaves the browser closed often. */
const longGapMs = 7 * dayMs;
/** By less than this a clock is corrected without anybody's doing. */
const smallStepMs = 60 * 60_000;

/**
 * The mark of a look at `now`. Nobody can tell a computer that was off for years from a clock that was put forward by
 * years. So after a long gap, or when the clock went back, nothing is removed for a day: a clock that is put right
 * within it has cost nothing. One that stays wrong for longer ages drafts that were put aside and the texts and files
 * of what was sent, and they go. What is not sent yet is no matter of age, whatever the clock says.
 */
export function nextAgeMark(before: AgeMark | null, now: number): AgeMark {
  const inADay = { lookedAt: now, removesFrom: now + dayMs };
  if (!before || now < before.lookedAt - smallStepMs) return inADay;
  const isInDoubt = before.removesFrom > before.lookedAt;
  // A doubt is not renewed: else nothing would ever go where the browser is opened once a month.
  if (!isInDoubt && now - before.lookedAt > longGapMs) return inADay;
  return { lookedAt: now, removesFrom: before.removesFrom };
}
