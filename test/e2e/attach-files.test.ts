import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { expect, onTestFinished, test } from 'vitest';
import { ariaSelector } from '../../tools/chromium/by-role.ts';
import { samplePng } from '../integration/assembly/sample-images.ts';
import { attachmentCount, connect, fill, notesOf, sendAndWait } from '../support/popup-actions.ts';
import { startRig } from '../support/rig.ts';

test('picked pictures go along in their order, a JPEG as a PNG, and what is no picture is refused in words', async () => {
  const rig = await startRig();
  await connect(rig);
  const page = await rig.openPage();
  const photo = Buffer.from(await page.screenshot({ type: 'jpeg' }));
  const popup = await rig.openPopup(page);
  await pick(popup, { 'first.png': samplePng(30, 20), 'second.jpg': photo });
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 2'));

  await pick(popup, { 'notes.png': Buffer.from('not a picture') });
  await expect
    .poll(() => notesOf(popup))
    .toEqual(['This picture cannot be read. PNG and JPG pictures work.']);
  expect(await attachmentCount(popup)).toBe(2);

  await fill(popup, 'Description', 'Two pictures from the disk');
  await sendAndWait(popup, 'ASM-111 created.');
  const [ticket] = rig.assembly.record.tickets;
  expect(ticket?.images.map(({ format }) => format)).toEqual(['png', 'png']);
  expect(ticket?.images[0]).toMatchObject({ width: 30, height: 20 });
});

test('a pasted picture is attached', async () => {
  const rig = await startRig();
  await connect(rig);
  const popup = await rig.openPopup(await rig.openPage());
  await popup.waitForSelector('textarea');
  await popup.evaluate(base64 => {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
    document
      .querySelector('textarea')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, samplePng(12, 34).toString('base64'));
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  await sendAndWait(popup, 'ASM-111 created.');
  expect(rig.assembly.record.tickets[0]?.images).toMatchObject([{ width: 12, height: 34 }]);
});

/** Picks files as the browser's dialog would hand them over. */
async function pick(popup: Page, files: Readonly<Record<string, Buffer>>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'capture-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const paths: string[] = [];
  for (const [name, bytes] of Object.entries(files)) {
    paths.push(join(folder, name));
    await writeFile(join(folder, name), bytes);
  }
  const input = (await popup.waitForSelector('input[type=file]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(...paths);
}
