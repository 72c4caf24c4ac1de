import { canvasAreaLimitPx, canvasSideLimitPx } from '../core/image/canvas-limits.ts';
import {
  type ChoicePorts,
  chooseCoding,
  chooseLossless,
  layoutOf,
  sizeExponent,
} from '../core/image/fit/choose-coding.ts';
import type { Coding } from '../core/image/fit/coding.ts';
import { mostError } from '../core/image/fit/error-levels.ts';
import type { MeasurePorts } from '../core/image/fit/measure.ts';
import { createFactFinder, type PictureFacts } from '../core/image/fit/picture-facts.ts';
import { createColourHistogram } from '../core/image/palette/colour-histogram.ts';
import { quantise } from '../core/image/palette/quantise.ts';
import type { PictureFit } from '../core/image/picture-fit.ts';
import { losslessFit } from '../core/image/picture-fit.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { bandRows, eachBand, encode, encodeScaled, openCompressor, type Pause } from './encode-picture.ts';
import { type BandReader, createBandReader, createSampler, type Picture } from './picture-bands.ts';

export interface FitOptions {
  limitBytes: number;
  signal?: AbortSignal;
  /** The PNG that the picture was decoded from, when nothing was drawn on it. */
  pngBytes?: Blob;
}

export interface FittedPicture {
  blob: Blob;
  fit: PictureFit;
  widthPx: number;
  heightPx: number;
  /** Full encodes that it took; 0 = the bytes are those of the browser. */
  encodes: number;
}

/** Thrown inside only, to leave a fit that was given up. */
class GivenUp extends Error {}

// What is on a screen is at least so many rows high, but for lines, whose colours are others' too.
const histogramStep = 3;
// The lowest PSNR, 44 dB, at which a palette does not show: as a mean squared error.
const worstPaletteError = 255 ** 2 / 10 ** 4.4;

/**
 * A PNG of the picture with at most `limitBytes`, by the step that loses least. Works in a worker or a page, by bands of rows,
 * and lets other work pass between them. Fails with `interrupted` after `signal`, with `image-unreadable` where no
 * canvas can be had, and with `image-too-large` when no PNG of it can be as small as asked.
 */
export async function fitPicture(picture: Picture, options: FitOptions): Promise<Result<FittedPicture>> {
  const { limitBytes, signal, pngBytes } = options;
  const size = { widthPx: picture.width, heightPx: picture.height };
  if (pngBytes && pngBytes.size <= limitBytes)
    return ok({ blob: pngBytes, fit: losslessFit, ...size, encodes: 0 });
  return guarded(async () => {
    const tools = await openTools(picture, signal, pngBytes);
    if (!tools) return fail({ kind: 'image-unreadable' });
    let { coding, scale } = await chooseCoding(tools.facts, limitBytes, choicePorts(tools));
    for (let encodes = 1; ; encodes += 1) {
      if (scale < 1) scale = Math.min(scale, largestScale(picture));
      const encoded = await encodeScaled(picture, tools.reader, coding, scale, limitBytes, tools.ports.pause);
      if (!encoded) return fail({ kind: 'image-unreadable' });
      if (encoded.blob) {
        const { blob, widthPx, heightPx, maxError } = encoded;
        const colours = coding.kind === 'palette' && !coding.isExact ? coding.colours.length : null;
        return ok({ blob, fit: { maxError, colours, scale }, widthPx, heightPx, encodes });
      }
      if (encoded.widthPx === 1 && encoded.heightPx === 1) return fail({ kind: 'image-too-large' });
      [coding, scale] = nextTry(tools.facts, coding, scale, encoded.likelyBytes / limitBytes);
    }
  });
}

/** The smallest PNG of the picture that is lossless. Fails as `fitPicture` does. */
export async function encodeLossless(picture: Picture, signal?: AbortSignal): Promise<Result<Blob>> {
  return guarded(async () => {
    const tools = await openTools(picture, signal, undefined);
    if (!tools) return fail({ kind: 'image-unreadable' });
    const { coding } = await chooseLossless(tools.facts, tools.ports);
    const anySize = Number.POSITIVE_INFINITY;
    const { blob } = await encode(picture, tools.reader, coding, anySize, tools.ports.pause);
    return blob ? ok(blob) : fail({ kind: 'image-too-large' });
  });
}

async function guarded<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GivenUp) return fail({ kind: 'interrupted' });
    // Canvases are refused by exceptions: a picture that was closed, or one for which there is no memory.
    if (error instanceof DOMException || error instanceof RangeError)
      return fail({ kind: 'image-unreadable' });
    throw error;
  }
}

/** After an encode that came out too large by `excess`: a little more error if the scale was full, else a smaller scale. */
function nextTry(facts: PictureFacts, coding: Coding, scale: number, excess: number): [Coding, number] {
  const maxError = coding.kind === 'channels' ? coding.maxError : 0;
  const next: Coding =
    coding.kind === 'channels' && maxError > 0
      ? coding
      : {
          kind: 'channels',
          layout: layoutOf(facts),
          maxError: 2,
          filters: 'adaptive',
          compressor: 'thorough',
        };
  if (scale === 1 && next.kind === 'channels' && maxError < mostError && excess < 1.1) {
    return [{ ...next, maxError: maxError + (maxError < 3 ? 1 : 2) }, 1];
  }
  return [next, scale * Math.min(0.97, (0.93 / excess) ** (1 / sizeExponent))];
}

/** The most at which a canvas holds the picture. */
function largestScale({ width, height }: Picture): number {
  return Math.min(1, canvasSideLimitPx / height, Math.sqrt(canvasAreaLimitPx / (width * height)) * 0.999);
}

interface Tools {
  picture: Picture;
  reader: BandReader;
  facts: PictureFacts;
  ports: MeasurePorts;
}

async function openTools(
  picture: Picture,
  signal: AbortSignal | undefined,
  pngBytes: Blob | undefined,
): Promise<Tools | null> {
  // A closed picture has no size; one wider than a canvas can be cannot be read in bands.
  if (picture.width === 0 || picture.width > canvasSideLimitPx) return null;
  const reader = createBandReader(picture, bandRows(picture.width));
  const pause = createPause(signal);
  await pause();
  const sample = createSampler(picture);
  if (!reader || !sample) return null;
  const ports: MeasurePorts = { sample, openDeflater: openCompressor, pause };
  const finder = createFactFinder();
  for (const { pixels } of ports.sample(1).bands) finder.add(pixels);
  let facts = finder.facts();
  const mayBeSimpler = facts.isGrey || facts.colours !== null;
  if (facts.isOpaque && (mayBeSimpler || !(await isOpaquePng(pngBytes)))) {
    await eachBand(picture, reader, ports.pause, async pixels => void finder.add(pixels));
    facts = finder.facts();
  }
  return { picture, reader, facts, ports };
}

function choicePorts({ picture, reader, ports }: Tools): ChoicePorts {
  const paletteOf = (histogram: ReturnType<typeof createColourHistogram>): Coding | null => {
    const made = quantise(histogram.cells(), 256, worstPaletteError);
    return made && { kind: 'palette', colours: made.colours, isExact: false };
  };
  return {
    ...ports,
    samplePalette() {
      const histogram = createColourHistogram();
      for (const { pixels } of ports.sample(1).bands) histogram.add(pixels);
      return paletteOf(histogram);
    },
    async wholePalette() {
      const histogram = createColourHistogram();
      const rows = bandRows(picture.width) * histogramStep;
      for (let from = 0; from < picture.height; from += rows) {
        histogram.add(reader.skim(from, Math.min(rows, picture.height - from), histogramStep));
        await ports.pause();
      }
      return paletteOf(histogram);
    },
  };
}

/** Whether the PNG's header says that it has no transparency. */
async function isOpaquePng(png: Blob | undefined): Promise<boolean> {
  if (!png) return false;
  const head = new Uint8Array(await png.slice(0, 33).arrayBuffer());
  // RGB, and what a browser captures has no tRNS chunk: it would stand right after the header.
  return (
    head[25] === 2 && String.fromCharCode(...new Uint8Array(await png.slice(37, 41).arrayBuffer())) !== 'tRNS'
  );
}

/** Lets events in when 40 ms have passed since the last time. */
function createPause(signal: AbortSignal | undefined): Pause {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > 40) {
      // Not `scheduler.yield`: what goes on after that comes before timers, and before a press of Cancel.
      await scheduler.postTask(() => undefined);
      last = performance.now();
    }
    if (signal?.aborted) throw new GivenUp();
  };
}
