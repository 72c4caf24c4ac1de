import fc from 'fast-check';
import { PNG } from 'pngjs';

export interface MadePicture {
  widthPx: number;
  heightPx: number;
  /** 0xAABBGGRR. */
  pixels: Uint32Array;
}

type Paint = (x: number, y: number, random: number) => number;

const grey = (level: number) => (0xff_00_00_00 | (level << 16) | (level << 8) | level) >>> 0;
const paints: Readonly<Record<string, Paint>> = {
  noise: (_x, _y, random) => (0xff_00_00_00 | random) >>> 0,
  'see-through noise': (_x, _y, random) => random >>> 0,
  'grey noise': (_x, _y, random) => grey(random & 255),
  gradient: (x, y) =>
    (0xff_00_00_00 | ((x + y) & 255) | (((2 * x) & 255) << 8) | (((3 * y) & 255) << 16)) >>> 0,
  extremes: (_x, _y, random) => grey(random & 1 ? 255 : 0),
  'few colours': (x, y) =>
    [0xff_ff_ff_ff, 0xff_20_30_40, 0xff_d0_40_10][((x >> 2) % 3) ^ ((y >> 3) % 2)] ?? 0xff_00_00_00,
  soft: (x, y, random) => grey(Math.max(0, Math.min(255, 128 + ((x * y) % 90) - 45 + (random & 3)))),
};

/** Pictures of any small size and of many kinds of content. */
export const anyPicture: fc.Arbitrary<MadePicture> = fc
  .record({
    widthPx: fc.integer({ min: 1, max: 70 }),
    heightPx: fc.integer({ min: 1, max: 40 }),
    kind: fc.constantFrom(...Object.keys(paints)),
    seed: fc.integer(),
  })
  .map(({ widthPx, heightPx, kind, seed }) => made(widthPx, heightPx, kind, seed));

export const opaquePicture = anyPicture.map(({ pixels, ...size }) => ({
  ...size,
  pixels: pixels.map(pixel => (pixel | 0xff_00_00_00) >>> 0),
}));

export function made(widthPx: number, heightPx: number, kind: string, seed = 1): MadePicture {
  let state = seed | 1;
  const paint = paints[kind];
  if (!paint) throw new Error(`No such picture: ${kind}`);
  const pixels = Uint32Array.from({ length: widthPx * heightPx }, (_, at) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    return paint(at % widthPx, Math.floor(at / widthPx), (state ^ (state >>> 13)) & 0xff_ff_ff_ff);
  });
  return { widthPx, heightPx, pixels };
}

/** What an independent decoder reads; checks every CRC. */
export function decoded(png: Uint8Array): MadePicture {
  const { width, height, data } = PNG.sync.read(Buffer.from(png), { checkCRC: true });
  return { widthPx: width, heightPx: height, pixels: new Uint32Array(new Uint8Array(data).buffer) };
}

/** The largest difference of any channel. */
export function largestDifference(one: Uint32Array, other: Uint32Array): number {
  const [a, b] = [new Uint8Array(one.buffer), new Uint8Array(other.buffer)];
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? 0))), 0);
}
