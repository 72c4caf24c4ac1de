/** What is true of every pixel of a picture, or of the part that was looked at. */
export interface PictureFacts {
  isOpaque: boolean;
  isGrey: boolean;
  /** Its colours (0x00BBGGRR), in order, if it is opaque and they are at most 256. */
  colours: Uint32Array | null;
}

export interface FactFinder {
  add(pixels: Uint32Array): void;
  facts(): PictureFacts;
}

const mostColours = 256;

export function createFactFinder(): FactFinder {
  const colours = new Set<number>();
  let isOpaque = true;
  let isGrey = true;
  let last = -1;
  return {
    add(pixels) {
      let alpha = 255;
      let unequal = 0;
      for (let at = 0; at < pixels.length; at += 1) {
        const pixel = pixels[at] ?? 0;
        if (pixel === last) continue;
        last = pixel;
        alpha &= pixel >>> 24;
        unequal |= (pixel ^ (pixel >>> 8)) & 65_535;
        if (colours.size <= mostColours) colours.add(pixel & 0xff_ff_ff);
      }
      if (alpha !== 255) isOpaque = false;
      if (unequal !== 0) isGrey = false;
    },
    facts: () => ({
      isOpaque,
      isGrey,
      colours: isOpaque && colours.size <= mostColours ? Uint32Array.from(colours).sort() : null,
    }),
  };
}
