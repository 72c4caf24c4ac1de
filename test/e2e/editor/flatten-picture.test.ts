import type { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { type Browser, launch } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Failure } from '../../../src/core/failure.ts';
import type { Mark } from '../../../src/core/marks/mark.ts';
import { bringFlattening, flattenMade, madeColour, pixel } from './flatten-in-page.ts';
import { oneOfEach } from './open-editor.ts';

// `flattenPicture` itself, in a real Chromium: what it burns in, and what it does when it cannot.

const size = { width: 700, height: 500 };
const redaction: Mark = {
  id: 'r',
  tool: 'redact',
  rect: { x: 40.4, y: 40.6, width: 200.2, height: 30.1 },
  found: null,
};
const line: Mark = {
  id: 'l',
  tool: 'line',
  from: { x: 20, y: 300 },
  to: { x: 300, y: 300 },
  style: { colour: 'red', widthPx: 6 },
};
const black = [0, 0, 0, 255];

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launch({
    executablePath: inject('executablePath'),
    args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
});
afterAll(() => browser.close());

async function fresh(): Promise<void> {
  page = await browser.newPage();
  await bringFlattening(page);
}

function isPicture(answer: PNG | Failure): asserts answer is PNG {
  expect(answer).toHaveProperty('data');
}

describe('a redaction', () => {
  test('covers whole pixels outward with one colour, and no pixel beside it', async () => {
    await fresh();
    const picture = await flattenMade(page, size, { marks: [redaction], crop: null });
    isPicture(picture);
    expect([picture.width, picture.height]).toEqual([700, 500]);
    const wrong: string[] = [];
    for (let y = 0; y < 500; y += 1) {
      for (let x = 0; x < 700; x += 1) {
        const isCovered = x >= 40 && x < 241 && y >= 40 && y < 71;
        const expected = isCovered ? black : madeColour(x, y);
        if (String(pixel(picture, x, y)) !== String(expected)) wrong.push(`${x} ${y}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('that sticks out of the picture or the crop covers what is in it', async () => {
    await fresh();
    const wide: Mark = { ...redaction, rect: { x: -50, y: 90, width: 2_000, height: 20 } };
    const crop = { x: 100.5, y: 80, width: 200, height: 100 };
    const picture = await flattenMade(page, size, { marks: [wide], crop });
    isPicture(picture);
    // Pixel 100 is in the crop by half only, and so is pixel 300.
    expect([picture.width, picture.height]).toEqual([199, 100]);
    expect(pixel(picture, 0, 0)).toEqual(madeColour(101, 80));
    for (const x of [0, 100, 198]) {
      expect(pixel(picture, x, 9)).toEqual(madeColour(101 + x, 89));
      expect(pixel(picture, x, 10)).toEqual(black);
      expect(pixel(picture, x, 29)).toEqual(black);
      expect(pixel(picture, x, 30)).toEqual(madeColour(101 + x, 110));
    }
  });

  test('is below the other marks, which show nothing of what is under it', async () => {
    await fresh();
    const wash: Mark = {
      id: 'h',
      tool: 'highlight',
      rect: { x: 0, y: 0, width: 700, height: 500 },
      style: { colour: 'yellow', widthPx: 4 },
    };
    const picture = await flattenMade(page, size, { marks: [wash, redaction], crop: null });
    isPicture(picture);
    expect(pixel(picture, 100, 50)).toEqual(black);
    expect(pixel(picture, 300, 300)).not.toEqual(madeColour(300, 300));
  });

  test('a page full of them is burnt in, and the picture of 1440 × 15000 too', async () => {
    await fresh();
    const marks = Array.from(
      { length: 2_000 },
      (_, index): Mark => ({
        ...redaction,
        id: `r${index}`,
        rect: { x: (index % 10) * 140, y: Math.floor(index / 10) * 70, width: 120, height: 30 },
      }),
    );
    const picture = await flattenMade(page, { width: 1_440, height: 15_000 }, { marks, crop: null });
    isPicture(picture);
    expect(pixel(picture, 1_260, 13_930)).toEqual(black);
    expect(pixel(picture, 1_439, 14_999)).toEqual(madeColour(1_439, 14_999));
  }, 60_000);
});

test('other marks are where they were drawn', async () => {
  await fresh();
  const picture = await flattenMade(page, size, { marks: oneOfEach, crop: null });
  isPicture(picture);
  const at = (x: number, y: number) => pixel(picture, x, y).slice(0, 3);
  const red = [0xd1, 0x1a, 0x2a];
  expect(at(130, 160)).toEqual(red);
  expect(at(260, 80)).toEqual([0x1d, 0x5b, 0xd8]);
  expect(at(320, 180)).toEqual([255, 255, 255]);
  expect(at(440, 230)).toEqual([0, 0, 0]);
  expect(at(430, 300)).toEqual(red);
  // A highlight multiplies: #fff06a with what was there.
  const product = [255, 0xf0, 0x6a].map(
    (wash, channel) => ((madeColour(500, 20)[channel] ?? 0) * wash) / 255,
  );
  for (const [channel, value] of product.entries()) {
    expect(Math.abs((at(500, 20)[channel] ?? 0) - value)).toBeLessThanOrEqual(1);
  }
  // Beside them the picture is as it was.
  for (const [x, y] of [
    [20, 20],
    [240, 300],
    [600, 450],
  ] as const) {
    expect(pixel(picture, x, y)).toEqual(madeColour(x, y));
  }
});

describe('fails closed', () => {
  /** What is broken, by code that runs in the page. */
  const faults: Record<string, () => void> = {
    'fillRect draws nothing': () => {
      OffscreenCanvasRenderingContext2D.prototype.fillRect = () => {};
    },
    'one pixel is read back in another colour': () => {
      const read = OffscreenCanvasRenderingContext2D.prototype.getImageData;
      OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...where) {
        const image = read.apply(this, where);
        image.data[image.data.length - 3] = 1;
        return image;
      };
    },
    'nothing can be read back': () => {
      OffscreenCanvasRenderingContext2D.prototype.getImageData = () => {
        throw new DOMException('Out of memory', 'InvalidStateError');
      };
    },
    'less is read back than was asked for': () => {
      OffscreenCanvasRenderingContext2D.prototype.getImageData = () =>
        new ImageData(new Uint8ClampedArray([0, 0, 0, 255]), 1);
    },
    'the box is not opaque': () => {
      const fill = OffscreenCanvasRenderingContext2D.prototype.fillRect;
      OffscreenCanvasRenderingContext2D.prototype.fillRect = function (...where) {
        this.globalAlpha = 0.99;
        fill.apply(this, where);
      };
    },
    'there is no context': () => {
      OffscreenCanvas.prototype.getContext = () => null;
    },
    'the context is lost at the end': () => {
      OffscreenCanvasRenderingContext2D.prototype.isContextLost = () => true;
    },
    'the picture cannot be drawn': () => {
      OffscreenCanvasRenderingContext2D.prototype.drawImage = () => {
        throw new DOMException('The image source is detached', 'InvalidStateError');
      };
    },
    'another mark cannot be drawn': () => {
      OffscreenCanvasRenderingContext2D.prototype.stroke = () => {
        throw new TypeError('No stroke');
      };
    },
  };

  test.each(Object.entries(faults))('when %s', async (_, fault) => {
    await fresh();
    expect(await flattenMade(page, size, { marks: [redaction, line], crop: null })).toHaveProperty('data');
    await page.evaluate(fault);
    expect(await flattenMade(page, size, { marks: [redaction, line], crop: null })).toEqual({
      kind: 'redaction-failed',
    });
  });

  test('when the picture is larger than a canvas can be', async () => {
    await fresh();
    const huge = { width: 65_536, height: 2 };
    expect(await flattenMade(page, huge, { marks: [redaction], crop: null })).toEqual({
      kind: 'redaction-failed',
    });
    expect(await flattenMade(page, huge, { marks: [line], crop: null })).toEqual({ kind: 'image-too-large' });
  });

  test('when the crop leaves nothing', async () => {
    await fresh();
    const crop = { x: 900, y: 0, width: 50, height: 50 };
    expect(await flattenMade(page, size, { marks: [redaction], crop })).toEqual({ kind: 'redaction-failed' });
  });
});
