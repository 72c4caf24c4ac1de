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
