// Past these, a canvas of Chromium stays empty without a word.
export const canvasSideLimitPx = 65_535;
export const canvasAreaLimitPx = 268_435_456;

/** Whether a canvas of this size can be drawn on. */
export function fitsCanvas(widthPx: number, heightPx: number): boolean {
  return Math.max(widthPx, heightPx) <= canvasSideLimitPx && widthPx * heightPx <= canvasAreaLimitPx;
}
