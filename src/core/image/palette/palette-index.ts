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
  const order = Uint8Array.from(colours.keys()).sort((a, b) => greenOf(colours[a]) - greenOf(colours[b]));
  const reds = Uint8Array.from(order, at => (colours[at] ?? 0) & 255);
  const greens = Uint8Array.from(order, at => greenOf(colours[at]));
  const blues = Uint8Array.from(order, at => (colours[at] ?? 0) >>> 16);
  const firstOfGreen = Uint16Array.from({ length: 256 }, (_, green) => {
    const first = greens.findIndex(other => other >= green);
    return first === -1 ? order.length : first;
  });

  /** Looks outward from the entries of the same green, until green alone is further off than the best entry. */
  function search(colour: number): number {
    const red = colour & 255;
    const green = (colour >>> 8) & 255;
    const blue = colour >>> 16;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    let up = firstOfGreen[green] ?? 0;
    let down = up - 1;
    while (up < order.length || down >= 0) {
      const toUp = up < order.length ? (greens[up] ?? 0) - green : 256;
      const toDown = down >= 0 ? green - (greens[down] ?? 0) : 256;
      const toGreen = Math.min(toUp, toDown);
      if (toGreen * toGreen >= least) break;
      const at = toUp <= toDown ? up++ : down--;
      const toRed = (reds[at] ?? 0) - red;
      const toBlue = (blues[at] ?? 0) - blue;
      const distance = toRed * toRed + toGreen * toGreen + toBlue * toBlue;
      if (distance < least) {
        least = distance;
        best = order[at] ?? 0;
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

function greenOf(colour = 0): number {
  return (colour >>> 8) & 255;
}
