import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PictureFit } from '../../src/core/image/picture-fit.ts';
import type { encodeLossless, fitPicture } from '../../src/platform/fit-picture.ts';
import { bundleScript } from '../../tools/bench/image/bundle.ts';
import { ensureChromium } from '../../tools/setup.ts';

declare global {
  var fitting: { fitPicture: typeof fitPicture; encodeLossless: typeof encodeLossless };
  var draw: (widthPx: number, heightPx: number, kind: Kind) => OffscreenCanvas;
}

type Kind = 'noise' | 'see-through noise' | 'flat' | 'waves';

interface Fitted {
  sizeBytes: number;
  encodes: number;
  fit: PictureFit;
  widthPx: number;
  heightPx: number;
  decodedWidthPx: number;
  decodedHeightPx: number;
  /** Largest difference of a channel from the picture, where the size is the same. */
  difference: number | null;
}

const drawing = `
globalThis.draw = (width, height, kind) => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const rows = Math.max(1, Math.min(height, Math.floor(4e6 / width)));
  for (let top = 0; top < height; top += rows) {
    const image = new ImageData(width, rows);
    const { data } = image;
    if (kind.endsWith('noise')) for (let at = 0; at < data.length; at += 65536) crypto.getRandomValues(data.subarray(at, at + 65536));
    else for (let at = 0; at < data.length; at += 4) {
      const [x, y] = [(at / 4) % width, top + Math.floor(at / 4 / width)];
      for (let c = 0; c < 3; c += 1) data[at + c] = kind === 'flat' ? 40 * c : 128 + 60 * Math.sin(x / (9 + c)) + 50 * Math.sin(y / (17 + c)) + (x * y) % 7;
    }
    if (kind !== 'see-through noise') for (let at = 3; at < data.length; at += 4) data[at] = 255;
    context.putImageData(image, 0, top);
  }
  return canvas;
};`;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launch({
    executablePath: (await ensureChromium()).executablePath,
    args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  page = await browser.newPage();
  await page.evaluate(await bundleScript('src/platform/fit-picture.ts', 'fitting'));
  await page.evaluate(drawing);
});

afterAll(() => browser.close());

function fitDrawn(widthPx: number, heightPx: number, kind: Kind, limitBytes: number): Promise<Fitted> {
  return page.evaluate(
    async (widthPx, heightPx, kind, limitBytes) => {
      const picture = globalThis.draw(widthPx, heightPx, kind);
      const fitted = await globalThis.fitting.fitPicture(picture, { limitBytes });
      if (!fitted.ok) throw new Error(fitted.failure.kind);
      const { blob, ...rest } = fitted.value;
      const decoded = await createImageBitmap(blob);
      let difference: number | null = null;
      if (decoded.width === widthPx && decoded.height === heightPx && kind !== 'see-through noise') {
        const context = new OffscreenCanvas(widthPx, heightPx).getContext('2d', { willReadFrequently: true });
        context?.drawImage(decoded, 0, 0);
        const before = picture.getContext('2d')?.getImageData(0, 0, widthPx, heightPx).data ?? [];
        const after = context?.getImageData(0, 0, widthPx, heightPx).data ?? [];
        difference = 0;
        for (let at = 0; at < before.length; at += 1) {
          difference = Math.max(difference, Math.abs((before[at] ?? 0) - (after[at] ?? 0)));
        }
      }
      return {
        ...rest,
        sizeBytes: blob.size,
        decodedWidthPx: decoded.width,
        decodedHeightPx: decoded.height,
        difference,
      };
    },
    widthPx,
    heightPx,
    kind,
    limitBytes,
  );
}

test.each<[string, number, number, Kind, number]>([
  ['noise of 16 times the limit', 1_500, 1_100, 'noise', 300_000],
  ['see-through noise', 700, 500, 'see-through noise', 300_000],
  ['noise in next to no room', 400, 300, 'noise', 2_000],
  ['a column of one pixel', 1, 9_000, 'noise', 5_000],
  ['a row of one pixel', 20_000, 1, 'noise', 5_000],
  ['one pixel', 1, 1, 'noise', 1_000],
  ['waves that need a small error', 1_200, 900, 'waves', 700_000],
  ['a flat page as tall as a canvas can be', 300, 65_535, 'flat', 100_000],
])(
  '%s ends below the limit, decodes, and is as far off as it says',
  async (_name, width, height, kind, limitBytes) => {
    const fitted = await fitDrawn(width, height, kind, limitBytes);
    expect(fitted.sizeBytes).toBeLessThanOrEqual(limitBytes);
    expect([fitted.decodedWidthPx, fitted.decodedHeightPx]).toEqual([fitted.widthPx, fitted.heightPx]);
    if (fitted.fit.scale === 1) expect([fitted.widthPx, fitted.heightPx]).toEqual([width, height]);
    if (fitted.difference !== null && fitted.fit.scale === 1) {
      expect(fitted.difference).toBeLessThanOrEqual(fitted.fit.maxError);
    }
    expect(fitted.encodes).toBeLessThanOrEqual(2);
  },
);

test('bytes that fit are handed back as they are, without an encode', async () => {
  const isSame = await page.evaluate(async () => {
    const canvas = globalThis.draw(200, 100, 'waves');
    const pngBytes = await canvas.convertToBlob({ type: 'image/png' });
    const fitted = await globalThis.fitting.fitPicture(canvas, { limitBytes: 3_000_000, pngBytes });
    return fitted.ok && fitted.value.blob === pngBytes && fitted.value.encodes === 0;
  });
  expect(isSame).toBe(true);
});

test('a lossless PNG has every pixel, see-through ones too', async () => {
  const differences = await page.evaluate(async () => {
    const found: number[] = [];
    for (const kind of ['noise', 'waves', 'flat'] as const) {
      const canvas = globalThis.draw(333, 222, kind);
      const encoded = await globalThis.fitting.encodeLossless(canvas);
      if (!encoded.ok) throw new Error(encoded.failure.kind);
      const context = new OffscreenCanvas(333, 222).getContext('2d', { willReadFrequently: true });
      context?.drawImage(await createImageBitmap(encoded.value), 0, 0);
      const before = canvas.getContext('2d')?.getImageData(0, 0, 333, 222).data ?? [];
      const after = context?.getImageData(0, 0, 333, 222).data ?? [];
      found.push(Array.from(before).filter((value, at) => value !== after[at]).length);
    }
    return found;
  });
  expect(differences).toEqual([0, 0, 0]);
});

test('a fit that is given up ends soon and says so, and events get their turn in between', async () => {
  const { answer, waitedMs, longestMs } = await page.evaluate(async () => {
    const canvas = globalThis.draw(6_000, 4_000, 'noise');
    const given = new AbortController();
    let last = performance.now();
    let longestMs = 0;
    const ticks = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 0);
    let abortedAt = 0;
    setTimeout(() => {
      abortedAt = performance.now();
      given.abort();
    }, 100);
    const fitted = await globalThis.fitting.fitPicture(canvas, {
      limitBytes: 1_000_000,
      signal: given.signal,
    });
    clearInterval(ticks);
    const waitedMs = performance.now() - abortedAt;
    return { answer: fitted.ok ? 'fitted' : fitted.failure.kind, waitedMs, longestMs };
  });
  expect(answer).toBe('interrupted');
  // About 50 ms each on a free machine.
  expect(waitedMs).toBeLessThan(600);
  expect(longestMs).toBeLessThan(600);
});

test('a picture that was closed is a failure and not an exception', async () => {
  const answer = await page.evaluate(async () => {
    const bitmap = await createImageBitmap(globalThis.draw(50, 50, 'noise'));
    bitmap.close();
    const fitted = await globalThis.fitting.fitPicture(bitmap, { limitBytes: 1_000 });
    return fitted.ok ? 'fitted' : fitted.failure.kind;
  });
  expect(answer).toBe('image-unreadable');
});
