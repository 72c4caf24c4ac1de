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

/** The other way round: `count` pixels into `pixels` from `to` on, of the bytes from `at` on. */
export function unpackPixels(
  bytes: Uint8Array,
  at: number,
  layout: PixelLayout,
  pixels: Uint32Array,
  to: number,
  count: number,
): void {
  const end = to + count;
  let from = at;
  if (layout === 'rgb') {
    for (let n = to; n < end; n += 1, from += 3) {
      pixels[n] =
        (bytes[from] ?? 0) | ((bytes[from + 1] ?? 0) << 8) | ((bytes[from + 2] ?? 0) << 16) | 0xff_00_00_00;
    }
  } else if (layout === 'grey') {
    for (let n = to; n < end; n += 1, from += 1)
      pixels[n] = Math.imul(bytes[from] ?? 0, 0x01_01_01) | 0xff_00_00_00;
  } else {
    for (let n = to; n < end; n += 1, from += 4) {
      pixels[n] =
        (bytes[from] ?? 0) |
        ((bytes[from + 1] ?? 0) << 8) |
        ((bytes[from + 2] ?? 0) << 16) |
        ((bytes[from + 3] ?? 0) << 24);
    }
  }
}
