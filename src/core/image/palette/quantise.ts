import type { ColourCell } from './colour-histogram.ts';

export interface Quantised {
  /** 0x00BBGGRR. */
  colours: Uint32Array;
  /** Mean squared error of a channel that the palette makes. */
  meanSquaredError: number;
}

interface Mean {
  red: number;
  green: number;
  blue: number;
}

interface Box {
  cells: ColourCell[];
  count: number;
  mean: Mean;
  /** Sum of the squared distances along the axis where they are largest. */
  error: number;
  axis: keyof Mean;
}

// So many are a photograph, or noise, and would take long.
const mostCells = 30_000;
// More rounds change the error by less than a percent.
const rounds = 2;
// Where a colour's pixels are at least this share of what an entry stands for, the entry is that very colour: flat grounds stay exact.
const mainShare = 0.4;

/**
 * A palette of at most `limit` colours: the box of colours with the largest error is cut at its mean, again and again; then
 * each entry moves to the middle of the colours that are nearest to it (k-means). No dithering: it makes files larger.
 * Answers null, early, when the error is sure to be above `worstError`.
 */
export function quantise(cells: readonly ColourCell[], limit: number, worstError: number): Quantised | null {
  if (cells.length === 0 || cells.length > mostCells) return null;
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  const boxes = [boxOf([...cells])];
  while (boxes.length < limit) {
    let widest = 0;
    for (let at = 1; at < boxes.length; at += 1) {
      if ((boxes[at]?.error ?? 0) > (boxes[widest]?.error ?? 0)) widest = at;
    }
    const box = boxes[widest];
    if (!box || box.error <= 0) break;
    const low = box.cells.filter(cell => cell[box.axis] <= box.mean[box.axis]);
    const high = box.cells.filter(cell => cell[box.axis] > box.mean[box.axis]);
    boxes.splice(widest, 1, boxOf(low), boxOf(high));
  }
  const roughError = boxes.reduce((sum, { error }) => sum + error, 0) / total / 3;
  // Moving the entries takes a third of the error at most.
  if (roughError > worstError * 2) return null;
  let entries = boxes.map(({ mean }) => mean);
  for (let round = 0; round < rounds; round += 1) entries = moved(cells, entries);
  const colours = exactEntries(cells, entries);
  const finished = Array.from(colours, colour => ({
    red: colour & 255,
    green: (colour >>> 8) & 255,
    blue: colour >>> 16,
  }));
  const flatColours = flat(finished);
  const error = cells.reduce((sum, cell) => {
    const entry = finished[nearest(flatColours, cell)];
    return sum + cell.count * (cell.spread + (entry ? squaredDistance(entry, cell) : 0));
  }, 0);
  const meanSquaredError = error / total / 3;
  return meanSquaredError <= worstError ? { colours, meanSquaredError } : null;
}

function boxOf(cells: ColourCell[]): Box {
  const mean = meanOf(cells);
  const count = cells.reduce((sum, cell) => sum + cell.count, 0);
  const errorOf = (axis: keyof Mean) =>
    cells.reduce((sum, cell) => sum + cell.count * (cell[axis] - mean[axis]) ** 2, 0);
  const errors = { red: errorOf('red'), green: errorOf('green'), blue: errorOf('blue') };
  const axis =
    errors.green >= errors.red && errors.green >= errors.blue
      ? 'green'
      : errors.red >= errors.blue
        ? 'red'
        : 'blue';
  return { cells, count, mean, axis, error: errors[axis] };
}

function meanOf(cells: readonly ColourCell[]): Mean {
  const sum = { red: 0, green: 0, blue: 0 };
  let count = 0;
  for (const cell of cells) {
    count += cell.count;
    sum.red += cell.red * cell.count;
    sum.green += cell.green * cell.count;
    sum.blue += cell.blue * cell.count;
  }
  return { red: sum.red / count, green: sum.green / count, blue: sum.blue / count };
}

function moved(cells: readonly ColourCell[], entries: readonly Mean[]): Mean[] {
  return byEntry(cells, entries).map((own, at) =>
    own.length > 0 ? meanOf(own) : (entries[at] ?? meanOf(cells)),
  );
}

function exactEntries(cells: readonly ColourCell[], entries: readonly Mean[]): Uint32Array {
  const colours = byEntry(cells, entries).map((own, at) => {
    const total = own.reduce((sum, { count }) => sum + count, 0);
    const largest = own.reduce<ColourCell | null>(
      (best, cell) => (best && best.count >= cell.count ? best : cell),
      null,
    );
    if (largest && largest.main !== null && largest.count >= total * mainShare) return largest.main;
    const { red, green, blue } = entries[at] ?? { red: 0, green: 0, blue: 0 };
    return Math.round(red) | (Math.round(green) << 8) | (Math.round(blue) << 16);
  });
  return Uint32Array.from(new Set(colours)).sort();
}

function byEntry(cells: readonly ColourCell[], entries: readonly Mean[]): ColourCell[][] {
  const groups: ColourCell[][] = entries.map(() => []);
  const flatEntries = flat(entries);
  for (const cell of cells) groups[nearest(flatEntries, cell)]?.push(cell);
  return groups;
}

/** Red, green and blue of all, one after the other: the search below passes them for every cell. */
function flat(entries: readonly Mean[]): Float64Array {
  return Float64Array.from(entries.flatMap(({ red, green, blue }) => [red, green, blue]));
}

function nearest(flatEntries: Float64Array, { red, green, blue }: Mean): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < flatEntries.length; at += 3) {
    const toGreen = green - (flatEntries[at + 1] ?? 0);
    const near = toGreen * toGreen;
    if (near >= least) continue;
    const toRed = red - (flatEntries[at] ?? 0);
    const toBlue = blue - (flatEntries[at + 2] ?? 0);
    const distance = near + toRed * toRed + toBlue * toBlue;
    if (distance < least) {
      least = distance;
      best = at;
    }
  }
  return best / 3;
}

function squaredDistance(one: Mean, other: Mean): number {
  return (one.red - other.red) ** 2 + (one.green - other.green) ** 2 + (one.blue - other.blue) ** 2;
}
