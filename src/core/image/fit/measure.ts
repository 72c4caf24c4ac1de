import type { Deflater } from '../png/deflater.ts';
import { type Coding, type Compressor, coderOf, compressorOf } from './coding.ts';
import { addLoss, type Loss, lossBetween, noLoss } from './picture-loss.ts';

/** Rows from the middle of a picture that may be scaled. */
export interface SampleBand {
  /**
   * Rows above those that count, if there are any. The first is taken as it is and the others are coded: what a row
   * costs depends on the errors of the rows above, which take some rows to become what they are everywhere.
   */
  lead: Uint32Array | null;
  pixels: Uint32Array;
}

export interface Sample {
  widthPx: number;
  /** Rows of the whole picture at this scale. */
  heightPx: number;
  bands: readonly SampleBand[];
  /** Compares what became of the bands, all of them, with the picture as it was before it was scaled. */
  compare(shown: readonly Uint32Array[]): Loss;
}

/** What a coding makes of a picture, by what it makes of a sample. */
export interface Measured {
  coding: Coding;
  scale: number;
  sizeBytes: number;
  /** None where the coding was given up as too large. */
  loss: Loss;
}

export interface MeasurePorts {
  sample(scale: number): Sample;
  openDeflater(compressor: Compressor): Deflater;
  /** Lets others work; rejects when the fit was given up. */
  pause(): Promise<void>;
}

// Bands are taken in so many turns, each over the whole height, so that the first turn says already what is far too large.
const turns = 3;
// By how much a size may be off after the first turn, and after the second.
const earlyDoubts = [1.4, 1.2];
// Signature, IHDR, IEND and the heads of the chunks.
const fixedBytes = 2_000;

/** At full size the sample is the picture itself. */
export function compareAtFullSize(bands: readonly SampleBand[], widthPx: number): Sample['compare'] {
  return shown =>
    bands.reduce(
      (loss, { pixels }, n) => addLoss(loss, lossBetween(pixels, shown[n] ?? pixels, widthPx)),
      noLoss,
    );
}

/**
 * Codes and compresses the sample as the whole picture would be. What is clearly above `mostBytes` is given up early: its size is
 * then a rough one, and its loss is not known.
 */
export async function measure(
  coding: Coding,
  scale: number,
  ports: MeasurePorts,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<Measured> {
  const sample = ports.sample(scale);
  const { widthPx, heightPx, bands } = sample;
  const coder = coderOf(widthPx, coding);
  const deflater = ports.openDeflater(compressorOf(coding));
  const isExact = scale === 1 && (coding.kind === 'palette' ? coding.isExact : coding.maxError === 0);
  const shown = isExact ? [] : bands.map(({ pixels }) => new Uint32Array(pixels.length));
  let rows = 0;
  const wholeBytes = (sampleBytes: number) =>
    (sampleBytes * heightPx) / rows +
    (coding.kind === 'palette' ? 3 * coding.colours.length : 0) +
    fixedBytes;
  for (let turn = 0; turn < turns; turn += 1) {
    for (let n = turn; n < bands.length; n += turns) {
      const band = bands[n];
      if (!band) continue;
      if (band.lead) {
        coder.follow(band.lead.subarray(0, widthPx));
        coder.code(band.lead.subarray(widthPx));
      }
      await deflater.write(coder.code(band.pixels, shown[n]));
      rows += band.pixels.length / widthPx;
      await ports.pause();
    }
    const roughBytes = wholeBytes(deflater.sizeBytes());
    if (roughBytes > mostBytes * (earlyDoubts[turn] ?? Number.POSITIVE_INFINITY)) {
      deflater.drop();
      return { coding, scale, sizeBytes: roughBytes, loss: noLoss };
    }
  }
  const parts = await deflater.end();
  const sizeBytes = wholeBytes(parts.reduce((sum, part) => sum + part.length, 0));
  return { coding, scale, sizeBytes, loss: isExact ? noLoss : sample.compare(shown) };
}
