/** What was done to a picture so that it fits, as the draft says it. */
export interface PictureFit {
  /** Largest difference of any channel of any pixel from the picture before it was scaled; 0 = lossless. */
  maxError: number;
  /** Colours of the palette that it was reduced to, when that was lossy; else null. */
  colours: number | null;
  /** Side length over the original's, in (0, 1]; 1 = full size. */
  scale: number;
}

export const losslessFit: PictureFit = { maxError: 0, colours: null, scale: 1 };
