import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { expect, onTestFinished } from 'vitest';
import { attachmentCount } from './popup-actions.ts';

/** Writes files for the running test, and answers their paths in the same order. */
export async function filesOnDisk(files: Readonly<Record<string, Buffer>>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'capture-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const paths: string[] = [];
  for (const [name, bytes] of Object.entries(files)) {
    paths.push(join(folder, name));
    await writeFile(join(folder, name), bytes);
  }
  return paths;
}

/** Picks files as the browser's dialog would hand them over. */
export async function pick(popup: Page, files: Readonly<Record<string, Buffer>>): Promise<void> {
  const input = (await popup.waitForSelector('input[type=file]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(...(await filesOnDisk(files)));
}

/** The same, and waits until all of them stand in the list. */
export async function attach(popup: Page, files: Readonly<Record<string, Buffer>>): Promise<void> {
  const before = await attachmentCount(popup);
  await pick(popup, files);
  const after = before + Object.keys(files).length;
  await expect.poll(() => attachmentCount(popup), { timeout: 20_000 }).toBe(after);
}

export function attachmentNames(popup: Page): Promise<string[]> {
  return popup.$$eval('.attachment-name', names => names.map(({ textContent }) => textContent));
}

/** What the list says of each attachment, without its name. */
export function attachmentNotes(popup: Page): Promise<string[]> {
  return popup.$$eval('.attachment-words', items =>
    items.map(item =>
      [...item.children]
        .slice(1)
        .map(({ textContent }) => textContent)
        .join(' | '),
    ),
  );
}

/** How many files and pictures are stored, of whatever draft. */
export function storedBlobs(extensionPage: Page): Promise<number> {
  return extensionPage.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('capture');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const counting = opening.result.transaction('blobs').objectStore('blobs').count();
          opening.result.close();
          counting.onerror = () => reject(counting.error);
          counting.onsuccess = () => resolve(counting.result);
        };
      }),
  );
}

/** Two frames of one px: red, then black. */
export const animatedGif = Buffer.from(
  `474946383961${'0100010080000'}${'0000000ff0000'}${['4c', '44'].map(pixel => `21f904000a0000002c00000000010001000002${'02'}${pixel}0100`).join('')}3b`,
  'hex',
);
