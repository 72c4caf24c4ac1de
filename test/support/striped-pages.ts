import type { PNG } from 'pngjs';

export type Colour = readonly [red: number, green: number, blue: number];

/** Height of a stripe, CSS px. */
export const stripePx = 10;

/** The colour of a stripe, each another one for 15,000 px and more. */
export function stripeColour(index: number): Colour {
  return [index % 256, 20 + (index >> 8) * 15, (index * 97) % 256];
}

export function css([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Stripes from the top down, as wide as what they are in. */
export function stripes(count: number, first = 0): string {
  return Array.from(
    { length: count },
    (_, index) =>
      `<div class="stripe" style="height:${stripePx}px;background:${css(stripeColour(first + index))}"></div>`,
  ).join('');
}

export function pixel(png: PNG, x: number, y: number): Colour {
  const at = (y * png.width + x) * 4;
  return [png.data[at] ?? -1, png.data[at + 1] ?? -1, png.data[at + 2] ?? -1];
}

/**
 * The first pixels that are not what `expected` says (null: anything), as words; none when the picture is right.
 */
export function wrongPixels(png: PNG, expected: (x: number, y: number) => Colour | null): string[] {
  const wrong: string[] = [];
  for (let y = 0; y < png.height; y++) {
    for (let x = 0; x < png.width; x++) {
      const wanted = expected(x, y);
      if (!wanted) continue;
      const at = (y * png.width + x) * 4;
      const { data } = png;
      if (data[at] === wanted[0] && data[at + 1] === wanted[1] && data[at + 2] === wanted[2]) continue;
      wrong.push(`${x},${y}: ${pixel(png, x, y).join(' ')} instead of ${wanted.join(' ')}`);
      if (wrong.length >= 5) return wrong;
      break;
    }
  }
  return wrong;
}
