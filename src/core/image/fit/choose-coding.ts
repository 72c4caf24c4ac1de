import type { PixelLayout } from '../png/pixel-layout.ts';
import type { Coding } from './coding.ts';
import { createErrorLevels, type ErrorLevels, errorOf, levels, mostError } from './error-levels.ts';
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
// A palette that keeps this much is taken before any error all over the picture.
const unseenScore = 0.003;
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
  const asItIs = plain && (await measure(plain, 1, ports, limitBytes * nearRatio));
  if (asItIs && asItIs.sizeBytes <= aimBytes) return asItIs;
  const palette = await paletteThatFits(facts, aimBytes, ports);
  // Where a palette keeps all there is to see, filters do not help by more than a little.
  const mayBeLossless = !palette || !asItIs || asItIs.sizeBytes <= limitBytes * nearRatio;
  const exact = filtered && mayBeLossless ? await measure(quickly(filtered), 1, ports, aimBytes) : asItIs;
  if (exact && exact.sizeBytes <= aimBytes) return exact;
  if (palette && score(palette) <= unseenScore) {
    const whole = await ports.wholePalette();
    if (whole) return { ...palette, coding: whole };
  }
  const exactBytes = exact?.sizeBytes ?? limitBytes;
  const errors = createErrorLevels(layoutOf(facts), exactBytes, aimBytes, ports);
  const full = exactBytes <= 6 * aimBytes ? await leastErrorThatFits(errors, aimBytes) : null;
  if (full && errorOf(full) <= unseenError) return full;
  return best([...(full ? [full] : []), ...(await scaled(errors, full, aimBytes))]);
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

/** The smallest error with which the picture fits at full size; null if even the largest does not do. */
async function leastErrorThatFits(errors: ErrorLevels, aimBytes: number): Promise<Measured | null> {
  let [tooLarge, fits] = [-1, levels.length];
  let found: Measured | null = null;
  while (fits - tooLarge > 1) {
    // The smallest that should do, by all that was measured so far.
    const guess = levels.findIndex(level => errors.predictedBytes(level) <= aimBytes);
    if (found && guess >= fits) break;
    const at = Math.min(guess === -1 ? levels.length : guess, fits - 1);
    const next = await errors.quick(levels[Math.max(at, tooLarge + 1)] ?? mostError);
    if (next.sizeBytes <= aimBytes) {
      found = next;
      fits = levels.indexOf(errorOf(next));
      // Nobody sees that there are smaller ones.
      if (errorOf(next) <= unseenError && errors.predictedBytes(1) > aimBytes) break;
    } else {
      tooLarge = levels.indexOf(errorOf(next));
    }
  }
  if (found && errorOf(found) <= unseenError) return found;
  const finer = levels[fits - 1];
  return (finer ? await errors.thorough(finer) : null) ?? found;
}

async function paletteThatFits(
  facts: PictureFacts,
  aimBytes: number,
  ports: ChoicePorts,
): Promise<Measured | null> {
  if (!facts.isOpaque) return null;
  const coding = ports.samplePalette();
  const measured = coding && (await measure(coding, 1, ports, aimBytes));
  return measured && measured.sizeBytes <= aimBytes ? measured : null;
}

/** For some errors, the scale with which the picture fits. Where it `full`y fits, only what may lose less than that. */
async function scaled(errors: ErrorLevels, full: Measured | null, aimBytes: number): Promise<Measured[]> {
  // Smaller pictures compress otherwise than by scale alone: what was seen of one error holds for the next.
  let correction = 1;
  const atError = async (maxError: number): Promise<Measured | null> => {
    const wholeBytes = errors.predictedBytes(maxError);
    let scale = fittingScale(1, wholeBytes * correction, aimBytes);
    for (let step = 1; ; step += 1) {
      const measured = await errors.scaled(maxError, scale);
      const { sizeBytes } = measured;
      const ratio = sizeBytes / aimBytes;
      if (scale === 1 && ratio <= 1) return measured;
      correction = sizeBytes / (wholeBytes * scale ** sizeExponent);
      // The loss at full size says nothing of any other: with the first step down, everything becomes softer.
      const isNear = scale < 1 && ratio < nearRatio && ratio > 1 / nearRatio;
      const fitting = fittingScale(scale, sizeBytes, aimBytes);
      if (isNear || scale <= leastScale || step >= mostSteps) {
        return { ...measured, scale: fitting, sizeBytes: aimBytes };
      }
      if (full && ratio > 1 && score(measured) > score(full)) return null;
      scale = fitting;
    }
  };
  const two = await atError(2);
  const four = full ? null : await atError(4);
  return [two, four].filter(measured => measured !== null);
}

function fittingScale(scale: number, sizeBytes: number, aimBytes: number): number {
  return Math.min(1, Math.max(leastScale, scale * (aimBytes / sizeBytes) ** (1 / sizeExponent)));
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
