import type { Deflater } from '../png/deflater.ts';
import { type Coding, type Compressor, coderOf, compressorOf } from './coding.ts';
import { decodeRows } from './decode-rows.ts';
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
  /** Compares what became of band `n` with the picture as it was before it was scaled. */
  compare(n: number, pixels: Uint32Array): Loss;
}

/** What a coding makes of a picture, by what it makes of a sample. */
export interface Measured {
  coding: Coding;
  scale: number;
  sizeBytes: number;
  loss: Loss;
}

export interface MeasurePorts {
  sample(scale: number): Sample;
  openDeflater(compressor: Compressor): Deflater;
  /** Lets others work; rejects when the fit was given up. */
  pause(): Promise<void>;
}

/** At full size the sample is the picture itself. */
export function compareAtFullSize(bands: readonly SampleBand[], widthPx: number): Sample['compare'] {
  return (n, pixels) => {
    const band = bands[n];
    return band ? lossBetween(band.pixels, pixels, widthPx) : noLoss;
  };
}

/** Codes and compresses the sample as the whole picture would be. */
export async function measure(coding: Coding, scale: number, ports: MeasurePorts): Promise<Measured> {
  const sample = ports.sample(scale);
  const { widthPx, heightPx, bands } = sample;
  const coder = coderOf(widthPx, coding);
  const deflater = ports.openDeflater(compressorOf(coding));
  const isExact = scale === 1 && (coding.kind === 'palette' ? coding.isExact : coding.maxError === 0);
  let loss = noLoss;
  let rows = 0;
  for (const [n, { lead, pixels }] of bands.entries()) {
    let above = lead?.subarray(0, widthPx) ?? null;
    if (lead && above) {
      coder.follow(above);
      above = decodeRows(coder.code(lead.subarray(widthPx)), widthPx, coding, above).subarray(-widthPx);
    }
    const coded = coder.code(pixels);
    rows += pixels.length / widthPx;
    if (!isExact) loss = addLoss(loss, sample.compare(n, decodeRows(coded, widthPx, coding, above)));
    await deflater.write(coded);
    await ports.pause();
  }
  const parts = await deflater.end();
  const sampleBytes = parts.reduce((sum, part) => sum + part.length, 0);
  const colourBytes = coding.kind === 'palette' ? 3 * coding.colours.length : 0;
  return { coding, scale, sizeBytes: (sampleBytes * heightPx) / rows + colourBytes + fixedBytes, loss };
}

// Signature, IHDR, IEND and the heads of the chunks.
const fixedBytes = 2_000;
