import { resolve } from 'node:path';
import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { build } from 'vite';
import type { ImageAttachment } from '../../../src/core/draft.ts';
import type { Failure } from '../../../src/core/failure.ts';
import type { PictureMarks } from '../../../src/core/marks/mark.ts';
import type { Result } from '../../../src/core/result.ts';

declare global {
  var flattening: {
    flattenPicture: (picture: ImageBitmap, marks: PictureMarks) => Result<OffscreenCanvas>;
  };
}

let bundled: Promise<string> | undefined;

/** Puts `flattenPicture` itself, bundled, into a page. */
export async function bringFlattening(page: Page): Promise<void> {
  bundled ??= bundle();
  await page.evaluate(await bundled);
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    root: resolve(import.meta.dirname, '../../..'),
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome140',
      lib: {
        entry: 'src/platform/flatten-picture.ts',
        formats: ['iife'],
        name: 'flattening',
        fileName: 'flattening',
      },
    },
  });
  const [result] = Array.isArray(built) ? built : [built];
  const chunk = result && 'output' in result ? result.output[0] : undefined;
  if (chunk === undefined) throw new Error('The flattening was not built.');
  // A top-level `var` is the evaluation's own.
  return `${chunk.code};globalThis.flattening = flattening;`;
}

/** Flattens a made picture: each pixel's colour tells its place, so that none is like its neighbour. */
export async function flattenMade(
  page: Page,
  size: { width: number; height: number },
  marks: PictureMarks,
): Promise<PNG | Failure> {
  const answer = await page.evaluate(
    async (wanted, drawn) => {
      const { data } = new ImageData(wanted.width, wanted.height);
      for (let at = 0; at < data.length / 4; at += 1) {
        const [x, y] = [at % wanted.width, Math.floor(at / wanted.width)];
        data.set([(x * 7) & 255, (y * 11) & 255, ((x + y) * 3) & 255, 255], at * 4);
      }
      const bitmap = await createImageBitmap(new ImageData(data, wanted.width));
      const flattened = globalThis.flattening.flattenPicture(bitmap, drawn);
      if (!flattened.ok) return flattened.failure;
      const blob = await flattened.value.convertToBlob();
      return new Uint8Array(await blob.arrayBuffer()).toBase64();
    },
    size,
    marks,
  );
  return typeof answer === 'string' ? PNG.sync.read(Buffer.from(answer, 'base64')) : answer;
}

/** The colour that `flattenMade` gave a pixel. */
export function madeColour(x: number, y: number): number[] {
  return [(x * 7) & 255, (y * 11) & 255, ((x + y) * 3) & 255, 255];
}

/** Flattens a stored picture with its stored marks, in one of the extension's pages. */
export async function flattenStored(page: Page, { blobId, marks, crop }: ImageAttachment): Promise<PNG> {
  await bringFlattening(page);
  const base64 = await page.evaluate(
    async (id, drawn) => {
      const blob = await new Promise<Blob>((resolve, reject) => {
        const opening = indexedDB.open('capture');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('blobs').objectStore('blobs').get(id);
          opening.result.close();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => resolve(reading.result.blob);
        };
      });
      const flattened = globalThis.flattening.flattenPicture(await createImageBitmap(blob), drawn);
      if (!flattened.ok) throw new Error(flattened.failure.kind);
      const png = await flattened.value.convertToBlob();
      return new Uint8Array(await png.arrayBuffer()).toBase64();
    },
    blobId,
    { marks, crop },
  );
  return PNG.sync.read(Buffer.from(base64, 'base64'));
}

export function pixel({ data, width }: PNG, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}
