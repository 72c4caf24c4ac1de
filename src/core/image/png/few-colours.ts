/**
 * Tells rows of few colours: text, lines, flat areas. Repeated shapes compress best when they are stored as they are
 * (filter none), and there is nothing to gain by rounding them.
 */
export interface ColourCounter {
  /** Whether `count` pixels from `from` on have at most `limit` colours. */
  isFew(pixels: Uint32Array, from: number, count: number, limit: number): boolean;
}

const slotCount = 1_024;

export function createColourCounter(): ColourCounter {
  const slots = new Uint32Array(slotCount);
  const rows = new Uint32Array(slotCount);
  let row = 0;
  return {
    isFew(pixels, from, count, limit) {
      row += 1;
      let found = 0;
      let last = ~(pixels[from] ?? 0) >>> 0;
      for (let at = from; at < from + count; at += 1) {
        const pixel = pixels[at] ?? 0;
        if (pixel === last) continue;
        last = pixel;
        const slot = Math.imul(pixel, 0x9e3779b1) >>> 22;
        // Two colours that share a slot count as new each time: too many rather than too few.
        if (slots[slot] === pixel && rows[slot] === row) continue;
        slots[slot] = pixel;
        rows[slot] = row;
        found += 1;
        if (found > limit) return false;
      }
      return true;
    },
  };
}
