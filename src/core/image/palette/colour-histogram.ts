/** How often colours occur, in cells of 4 × 4 × 4 neighbouring ones. */
export interface ColourHistogram {
  add(pixels: Uint32Array): void;
  cells(): ColourCell[];
}

/** Neighbouring colours of a picture, as one. */
export interface ColourCell {
  count: number;
  red: number;
  green: number;
  blue: number;
  /** Mean of the squared distances from the mean above, all channels together. */
  spread: number;
  /** A colour that most of the cell's pixels have, if there is one; 0x00BBGGRR. */
  main: number | null;
}

const cellCount = 64 ** 3;
const fields = 4;

export function createColourHistogram(): ColourHistogram {
  const sums = new Float64Array(cellCount * fields);
  const counts = new Uint32Array(cellCount);
  // Boyer and Moore's vote: what is left with votes in the end is the only colour that can have more than half.
  const leaders = new Uint32Array(cellCount);
  const votes = new Int32Array(cellCount);

  function addRun(colour: number, length: number): void {
    const red = colour & 255;
    const green = (colour >>> 8) & 255;
    const blue = (colour >>> 16) & 255;
    const cell = ((red >> 2) << 12) | ((green >> 2) << 6) | (blue >> 2);
    counts[cell] = (counts[cell] ?? 0) + length;
    const at = cell * fields;
    sums[at] = (sums[at] ?? 0) + red * length;
    sums[at + 1] = (sums[at + 1] ?? 0) + green * length;
    sums[at + 2] = (sums[at + 2] ?? 0) + blue * length;
    sums[at + 3] = (sums[at + 3] ?? 0) + (red * red + green * green + blue * blue) * length;
    const left = votes[cell] ?? 0;
    if (leaders[cell] === colour) votes[cell] = left + length;
    else if (left >= length) votes[cell] = left - length;
    else {
      leaders[cell] = colour;
      votes[cell] = length - left;
    }
  }

  return {
    add(pixels) {
      for (let at = 0; at < pixels.length; ) {
        const colour = (pixels[at] ?? 0) & 0xff_ff_ff;
        let end = at + 1;
        while (end < pixels.length && ((pixels[end] ?? 0) & 0xff_ff_ff) === colour) end += 1;
        addRun(colour, end - at);
        at = end;
      }
    },
    cells() {
      const cells: ColourCell[] = [];
      for (let cell = 0; cell < cellCount; cell += 1) {
        const count = counts[cell] ?? 0;
        if (count === 0) continue;
        const at = cell * fields;
        const [red, green, blue] = [
          (sums[at] ?? 0) / count,
          (sums[at + 1] ?? 0) / count,
          (sums[at + 2] ?? 0) / count,
        ];
        const spread = (sums[at + 3] ?? 0) / count - red * red - green * green - blue * blue;
        const main = (votes[cell] ?? 0) > 0 ? (leaders[cell] ?? 0) : null;
        cells.push({ count, red, green, blue, spread: Math.max(0, spread), main });
      }
      return cells;
    },
  };
}
