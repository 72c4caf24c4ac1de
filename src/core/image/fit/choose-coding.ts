import type { PixelLayout } from '../png/pixel-layout.ts';
import type { Coding, Compressor } from './coding.ts';
import { type Measured, type MeasurePorts, measure } from './measure.ts';
import type { PictureFacts } from './picture-facts.ts';
import { meanDissimilarity, meanSquaredError } from './picture-loss.ts';

export interface ChoicePorts extends MeasurePorts {
  /** A palette of the sample, for the whole picture's place; null when it would lose too much. */
  samplePalette(): Coding | null;
  /** A palette of the whole picture; null when it would lose too much. */
  wholePalette(): Promise<Coding | null>;
}

// Predictions are off by a few percent; what is aimed for leaves room for that.
const aim = 0.95;
/** Errors up to this are not seen, so that nothing else is looked into. */
const unseenError = 2;
/** Past it, flat grounds and gradients show steps. */
export const mostError = 8;
// A palette that keeps this much is taken before any error all over the picture.
const unseenScore = 0.003;
// What the browser's compressor may save over ours at best. It takes two to four times as long, so it has to earn a smaller error.
const bestThorough = 0.65;
// A PNG shrinks a little slower than its area, since a smaller picture has more detail a pixel.
export const sizeExponent = 1.75;
const leastScale = 0.02;
const mostSteps = 6;
// Up to this, a size at another scale follows from the exponent well enough.
const nearRatio = 1.15;

/** The smallest of the lossless codings, for the picture as it is. */
export async function chooseLossless(facts: PictureFacts, ports: MeasurePorts): Promise<Measured> {
  const measured: Measured[] = [];
  for (const coding of losslessCodings(facts)) measured.push(await measure(coding, 1, ports));
  return smallest(measured);
}

/** The coding and scale that lose least among those that are predicted to stay below the limit. */
export async function chooseCoding(
  facts: PictureFacts,
  limitBytes: number,
  ports: ChoicePorts,
): Promise<Measured> {
  const aimBytes = limitBytes * aim;
  const [plain, filtered] = losslessCodings(facts);
  const asItIs = plain && (await measure(plain, 1, ports));
  if (asItIs && asItIs.sizeBytes <= aimBytes) return asItIs;
  const palette = await paletteThatFits(facts, aimBytes, ports);
  // Where a palette keeps all there is to see, filters do not help by more than a little.
  const mayBeLossless = !palette || !asItIs || asItIs.sizeBytes <= limitBytes * nearRatio;
  const exact = filtered && mayBeLossless ? await measure(quickly(filtered), 1, ports) : asItIs;
  if (exact && exact.sizeBytes <= aimBytes) return exact;
  if (palette && score(palette) <= unseenScore) {
    const whole = await ports.wholePalette();
    if (whole) return { ...palette, coding: whole };
  }
  const exactBytes = exact?.sizeBytes ?? limitBytes;
  const errors = createErrorLevels(layoutOf(facts), ports);
  const full = exactBytes <= 6 * aimBytes ? await leastErrorThatFits(errors, exactBytes, aimBytes) : null;
  if (full && errorOf(full) <= unseenError) return full;
  return best([...(full ? [full] : []), ...(await scaled(errors, exactBytes, aimBytes))]);
}

/** What is kept least is chosen last: unlikeness as SSIM sees it, and a little of the plain error. */
function score({ loss }: Measured): number {
  return meanDissimilarity(loss) + meanSquaredError(loss) / 5_000;
}

function best(measured: readonly Measured[]): Measured {
  return measured.reduce((best, other) => (score(other) < score(best) ? other : best));
}

function smallest(measured: readonly Measured[]): Measured {
  return measured.reduce((best, other) => (other.sizeBytes < best.sizeBytes ? other : best));
}

interface ErrorLevels {
  /** At full size; what was measured once is remembered. */
  at(maxError: number, compressor: Compressor): Promise<Measured>;
  scaled(maxError: number, scale: number): Promise<Measured>;
}

function createErrorLevels(layout: PixelLayout, ports: MeasurePorts): ErrorLevels {
  const known = new Map<string, Measured>();
  const coding = (maxError: number, compressor: Compressor): Coding => ({
    kind: 'channels',
    layout,
    maxError,
    filters: 'adaptive',
    compressor,
  });
  return {
    async at(maxError, compressor) {
      const key = `${maxError} ${compressor}`;
      const measured = known.get(key) ?? (await measure(coding(maxError, compressor), 1, ports));
      known.set(key, measured);
      return measured;
    },
    scaled: (maxError, scale) => measure(coding(maxError, 'quick'), scale, ports),
  };
}

// About what is left of a file with an error of so much, on most pictures.
const usualShares: ReadonlyMap<number, number> = new Map([
  [1, 0.68],
  [2, 0.52],
  [3, 0.42],
  [4, 0.34],
  [6, 0.25],
  [mostError, 0.2],
]);
const levels = [...usualShares.keys()];

/** The smallest error with which the picture fits at full size; null if even the largest does not do. */
async function leastErrorThatFits(
  errors: ErrorLevels,
  exactBytes: number,
  aimBytes: number,
): Promise<Measured | null> {
  let at = levels.findIndex(level => exactBytes * (usualShares.get(level) ?? 1) <= aimBytes);
  if (at === -1) at = levels.length - 1;
  const quick = (index: number) => errors.at(levels[index] ?? mostError, 'quick');
  let found = await quick(at);
  if (found.sizeBytes <= aimBytes) {
    for (; at > 0; at -= 1) {
      const finer = await quick(at - 1);
      if (finer.sizeBytes > aimBytes) return (await thorough(errors, finer, aimBytes)) ?? found;
      found = finer;
    }
    return found;
  }
  while (found.sizeBytes > aimBytes) {
    const better = await thorough(errors, found, aimBytes);
    if (better) return better;
    at += 1;
    if (at >= levels.length) return null;
    found = await quick(at);
  }
  return found;
}

/** The same with the browser's compressor, if that makes it fit. */
async function thorough(errors: ErrorLevels, quick: Measured, aimBytes: number): Promise<Measured | null> {
  if (quick.sizeBytes * bestThorough > aimBytes) return null;
  const measured = await errors.at(errorOf(quick), 'thorough');
  return measured.sizeBytes <= aimBytes ? measured : null;
}

async function paletteThatFits(
  facts: PictureFacts,
  aimBytes: number,
  ports: ChoicePorts,
): Promise<Measured | null> {
  if (!facts.isOpaque) return null;
  const coding = ports.samplePalette();
  const measured = coding && (await measure(coding, 1, ports));
  return measured && measured.sizeBytes <= aimBytes ? measured : null;
}

/** For some errors, the scale with which the picture fits. */
async function scaled(errors: ErrorLevels, exactBytes: number, aimBytes: number): Promise<Measured[]> {
  const atError = async (maxError: number) => {
    let scale = 1;
    let sizeBytes = exactBytes * (usualShares.get(maxError) ?? 1);
    for (let step = 1; ; step += 1) {
      scale = fittingScale(scale, sizeBytes, aimBytes);
      const measured = await errors.scaled(maxError, scale);
      sizeBytes = measured.sizeBytes;
      const ratio = sizeBytes / aimBytes;
      if (scale === 1 && ratio <= 1) return measured;
      // The loss at full size says nothing of any other: with the first step down, everything becomes softer.
      const isNear = scale < 1 && ratio < nearRatio && ratio > 1 / nearRatio;
      if (!isNear && scale > leastScale && step < mostSteps) continue;
      return { ...measured, scale: fittingScale(scale, sizeBytes, aimBytes), sizeBytes: aimBytes };
    }
  };
  const four = await atError(4);
  const two = await atError(2);
  const more = await atError(score(two) < score(four) ? 1 : mostError);
  return [four, two, more];
}

function fittingScale(scale: number, sizeBytes: number, aimBytes: number): number {
  return Math.min(1, Math.max(leastScale, scale * (aimBytes / sizeBytes) ** (1 / sizeExponent)));
}

function errorOf({ coding }: Measured): number {
  return coding.kind === 'channels' ? coding.maxError : 0;
}

/** Where filters are tried, the browser's compressor is slow, and ours comes close. */
function quickly(coding: Coding): Coding {
  return coding.kind === 'channels' && coding.filters === 'adaptive'
    ? { ...coding, compressor: 'quick' }
    : coding;
}

function losslessCodings(facts: PictureFacts): Coding[] {
  if (facts.colours) return [{ kind: 'palette', colours: facts.colours, isExact: true }];
  const layout = layoutOf(facts);
  const common = { kind: 'channels', layout, maxError: 0, compressor: 'thorough' } as const;
  return [
    { ...common, filters: 'none' },
    { ...common, filters: 'adaptive' },
  ];
}

export function layoutOf(facts: PictureFacts): PixelLayout {
  if (!facts.isOpaque) return 'rgba';
  return facts.isGrey ? 'grey' : 'rgb';
}
