/** Which channels of a pixel are stored, one byte each. */
export type PixelLayout = 'grey' | 'rgb' | 'rgba';

export function channelsOf(layout: PixelLayout): number {
  return layout === 'grey' ? 1 : layout === 'rgb' ? 3 : 4;
}

/** Writes `count` pixels of `pixels` (0xAABBGGRR, as a canvas has them on every little-endian machine) from `from` on into `out` at `at`. */
export function packPixels(
  pixels: Uint32Array,
  from: number,
  count: number,
  layout: PixelLayout,
  out: Uint8Array,
  at: number,
): void {
  let to = at;
  const end = from + count;
  if (layout === 'rgb') {
    for (let n = from; n < end; n += 1, to += 3) {
      const pixel = pixels[n] ?? 0;
      out[to] = pixel;
      out[to + 1] = pixel >>> 8;
      out[to + 2] = pixel >>> 16;
    }
  } else if (layout === 'grey') {
    for (let n = from; n < end; n += 1, to += 1) out[to] = pixels[n] ?? 0;
  } else {
    for (let n = from; n < end; n += 1, to += 4) {
      const pixel = pixels[n] ?? 0;
      out[to] = pixel;
      out[to + 1] = pixel >>> 8;
      out[to + 2] = pixel >>> 16;
      out[to + 3] = pixel >>> 24;
    }
  }
}
