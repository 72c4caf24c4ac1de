/** How much of a page's words is read at once; what goes over it is left out and said (`isCut`). */
export const wordLimit = 20_000;
export const blockLimit = 20_000;
export const secretFieldLimit = 1_000;

/** UTF-16 units of one block, and of all blocks together. */
export const blockLimitCharacters = 20_000;
export const allBlocksLimitCharacters = 1_000_000;
