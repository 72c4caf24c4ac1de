/** Finds the entry of a palette that is nearest to a colour. */
export interface PaletteIndex {
  /** Writes an index for each of `count` pixels of `pixels` from `from` on. */
  find(pixels: Uint32Array, from: number, count: number, out: Uint8Array): void;
  /** The largest difference of any channel so far. */
  maxError(): number;
}

const slotBits = 14;

/** Colours are 0x__BBGGRR; what stands above blue is not looked at. */
export function createPaletteIndex(colours: Uint32Array): PaletteIndex {
  // Screens repeat their colours: what was found is remembered, one colour a slot.
  const known = new Uint32Array(1 << slotBits).fill(0xff_ff_ff_ff);
  const indices = new Uint8Array(1 << slotBits);
  let maxError = 0;

  function search(colour: number): number {
    const red = colour & 255;
    const green = (colour >>> 8) & 255;
    const blue = colour >>> 16;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < colours.length && least > 0; at += 1) {
      const entry = colours[at] ?? 0;
      const [dr, dg, db] = [
        red - (entry & 255),
        green - ((entry >>> 8) & 255),
        blue - ((entry >>> 16) & 255),
      ];
      const distance = dr * dr + dg * dg + db * db;
      if (distance < least) {
        least = distance;
        best = at;
      }
    }
    const found = colours[best] ?? 0;
    maxError = Math.max(
      maxError,
      Math.abs(red - (found & 255)),
      Math.abs(green - ((found >>> 8) & 255)),
      Math.abs(blue - ((found >>> 16) & 255)),
    );
    return best;
  }

  return {
    find(pixels, from, count, out) {
      let last = -1;
      let index = 0;
      for (let at = 0; at < count; at += 1) {
        const colour = (pixels[from + at] ?? 0) & 0xff_ff_ff;
        if (colour !== last) {
          last = colour;
          const slot = Math.imul(colour, 0x9e3779b1) >>> (32 - slotBits);
          if (known[slot] !== colour) {
            known[slot] = colour;
            indices[slot] = search(colour);
          }
          index = indices[slot] ?? 0;
        }
        out[at] = index;
      }
    },
    maxError: () => maxError,
  };
}
