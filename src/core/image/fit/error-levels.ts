import type { PixelLayout } from '../png/pixel-layout.ts';
import type { Coding, Compressor } from './coding.ts';
import { type Measured, type MeasurePorts, measure } from './measure.ts';

/** Past it, flat grounds and gradients show steps. */
export const mostError = 8;
// What the browser's compressor may save over ours at best. It takes two to four times as long, so it has to earn a smaller error.
const bestThorough = 0.65;

// About what is left of a file with an error of so much, on most pictures.
const usualShares: ReadonlyMap<number, number> = new Map([
  [1, 0.68],
  [2, 0.52],
  [3, 0.42],
  [4, 0.34],
  [6, 0.25],
  [mostError, 0.2],
]);
/** Errors that are tried. */
export const levels = [...usualShares.keys()];

/** Near-lossless codings of a picture; what was measured once is remembered. */
export interface ErrorLevels {
  /** At full size, by our compressor. */
  quick(maxError: number): Promise<Measured>;
  /** The same by the browser's, if it may fit, and does. */
  thorough(maxError: number): Promise<Measured | null>;
  scaled(maxError: number, scale: number): Promise<Measured>;
  /** The size at full size, by what is known of other errors. */
  predictedBytes(maxError: number): number;
}

/** `exactBytes` is the size without any loss. */
export function createErrorLevels(
  layout: PixelLayout,
  exactBytes: number,
  aimBytes: number,
  ports: MeasurePorts,
): ErrorLevels {
  const known = new Map<number, Measured>();
  const coding = (maxError: number, compressor: Compressor): Coding => ({
    kind: 'channels',
    layout,
    maxError,
    filters: 'adaptive',
    compressor,
  });
  const quick = async (maxError: number) => {
    const measured = known.get(maxError) ?? (await measure(coding(maxError, 'quick'), 1, ports));
    known.set(maxError, measured);
    return measured;
  };
  return {
    quick,
    async thorough(maxError) {
      if ((await quick(maxError)).sizeBytes * bestThorough > aimBytes) return null;
      const measured = await measure(coding(maxError, 'thorough'), 1, ports, aimBytes);
      return measured.sizeBytes <= aimBytes ? measured : null;
    },
    scaled: async (maxError, scale) =>
      scale === 1 ? quick(maxError) : measure(coding(maxError, 'quick'), scale, ports),
    predictedBytes(maxError) {
      const exact = known.get(maxError);
      if (exact) return exact.sizeBytes;
      const near = [...known.keys()].toSorted((a, b) => Math.abs(a - maxError) - Math.abs(b - maxError))[0];
      const measured = near === undefined ? undefined : known.get(near);
      if (near === undefined || !measured) return exactBytes * usualShare(maxError);
      // Some pictures shrink faster with the error than others, and so at all errors.
      const speed = Math.log(measured.sizeBytes / exactBytes) / Math.log(usualShare(near));
      return exactBytes * usualShare(maxError) ** Math.max(0.3, speed);
    },
  };
}

export function errorOf({ coding }: Measured): number {
  return coding.kind === 'channels' ? coding.maxError : 0;
}

function usualShare(maxError: number): number {
  return usualShares.get(maxError) ?? 1;
}
