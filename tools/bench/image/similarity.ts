export interface Similarity {
  /** Mean of SSIM (Wang et al. 2004) of the brightness, in windows of 8 × 8, 4 px apart. */
  ssim: number;
  /** Over the three channels, in dB; null for equal pictures, since messages lose infinity. */
  psnr: number | null;
}

type Read = (from: number, rows: number) => Uint8ClampedArray;

const side = 8;
const step = 4;
const area = side * side;
const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
const bandRows = 256;

/** Compares two pictures of one size, which are read by bands as RGBA. */
export function similarityOf(readOne: Read, readOther: Read, widthPx: number, heightPx: number): Similarity {
  let [squares, similar, windows] = [0, 0, 0];
  for (let top = 0; top < heightPx; top += bandRows) {
    const own = Math.min(bandRows, heightPx - top);
    // Windows may begin in this band and end in the next.
    const rows = Math.min(own + side - step, heightPx - top);
    const [one, other] = [readOne(top, rows), readOther(top, rows)];
    for (let at = 0; at < own * widthPx * 4; at += 4) {
      for (let channel = 0; channel < 3; channel += 1) {
        squares += ((one[at + channel] ?? 0) - (other[at + channel] ?? 0)) ** 2;
      }
    }
    const [lightOne, lightOther] = [brightness(one), brightness(other)];
    for (let y = 0; y < own && y + side <= rows; y += step) {
      for (let x = 0; x + side <= widthPx; x += step) {
        similar += windowSimilarity(lightOne, lightOther, y * widthPx + x, widthPx);
        windows += 1;
      }
    }
  }
  const meanSquare = squares / (widthPx * heightPx * 3);
  return { ssim: similar / windows, psnr: squares === 0 ? null : 10 * Math.log10(255 ** 2 / meanSquare) };
}

function windowSimilarity(one: Float32Array, other: Float32Array, start: number, widthPx: number): number {
  let [sum1, sum2, sum11, sum22, sum12] = [0, 0, 0, 0, 0];
  for (let y = 0; y < side; y += 1) {
    const row = start + y * widthPx;
    for (let at = row; at < row + side; at += 1) {
      const [a, b] = [one[at] ?? 0, other[at] ?? 0];
      sum1 += a;
      sum2 += b;
      sum11 += a * a;
      sum22 += b * b;
      sum12 += a * b;
    }
  }
  const [mean1, mean2] = [sum1 / area, sum2 / area];
  const [variance1, variance2] = [sum11 / area - mean1 ** 2, sum22 / area - mean2 ** 2];
  const together = sum12 / area - mean1 * mean2;
  return (
    ((2 * mean1 * mean2 + c1) * (2 * together + c2)) /
    ((mean1 ** 2 + mean2 ** 2 + c1) * (variance1 + variance2 + c2))
  );
}

function brightness(rgba: Uint8ClampedArray): Float32Array {
  const light = new Float32Array(rgba.length / 4);
  for (let at = 0; at < light.length; at += 1) {
    light[at] =
      0.299 * (rgba[at * 4] ?? 0) + 0.587 * (rgba[at * 4 + 1] ?? 0) + 0.114 * (rgba[at * 4 + 2] ?? 0);
  }
  return light;
}
