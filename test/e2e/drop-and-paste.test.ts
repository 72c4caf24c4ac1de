import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { sha256 } from '../../tools/assembly/multipart-form.ts';
import { samplePng } from '../integration/assembly/sample-images.ts';
import { attachmentNames, filesOnDisk } from '../support/attaching.ts';
import {
  attachmentCount,
  connect,
  fieldText,
  fill,
  sendAndWait,
  waitForField,
} from '../support/popup-actions.ts';
import { type Rig, startRig } from '../support/rig.ts';

const png = samplePng(12, 34);

test('files that the browser drops on the popup are attached, wherever they fall', async () => {
  const { rig, popup } = await start();
  const address = popup.url();
  const paths = await filesOnDisk({ 'dropped.png': png, 'notes.txt': Buffer.from('Notes') });
  await drag(popup, 'dragEnter', paths);
  await drag(popup, 'dragOver', paths);
  await popup.waitForSelector('.drop-zone:not(.drop-zone-closed)');
  // The drag is given up, of which the page hears nothing.
  await drag(popup, 'dragCancel', paths);
  await popup.waitForSelector('.drop-zone', { hidden: true });
  expect(await attachmentCount(popup)).toBe(0);

  await drag(popup, 'dragEnter', paths);
  await drag(popup, 'dragOver', paths);
  await drag(popup, 'drop', paths);
  await expect.poll(() => attachmentNames(popup)).toEqual(['dropped.png', 'notes.txt']);
  expect(await popup.$('.drop-zone')).toBeNull();
  expect(popup.url()).toBe(address);

  await popup.click('[aria-label="Remove attachment 2"]');
  await fill(popup, 'Description', 'Dropped');
  await sendAndWait(popup, 'ASM-111 created.');
  expect(rig.assembly.record.tickets[0]?.images).toMatchObject([{ sha256: sha256(png) }]);
});

test('what is no file goes into the fields alone, and nothing that is dropped opens in the place of the popup', async () => {
  const { popup } = await start();
  const address = popup.url();
  const data = {
    items: [{ mimeType: 'text/uri-list', data: 'https://example.com/' }],
    files: [],
    dragOperationsMask: 1,
  };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await drag(popup, type, data);
  // Events of the page itself, which tell what was done about them.
  expect(await popup.evaluate(dropText, 'body')).toEqual({ over: true, drop: true });
  expect(await popup.evaluate(dropText, 'textarea')).toEqual({ over: false, drop: false });
  // An address that falls on a box to tick would be opened: no text goes in there.
  expect(await popup.evaluate(dropText, 'input[type=checkbox]')).toEqual({ over: true, drop: true });
  expect(popup.url()).toBe(address);
  expect(await attachmentCount(popup)).toBe(0);
});

test('a pasted picture and a pasted file are attached; text with a picture of it stays text in a field', async () => {
  const { rig, popup } = await start();
  const picture: PastedFile[] = [['image.png', 'image/png', png.toString('base64')]];
  const report: PastedFile[] = [['report.pdf', 'application/pdf', btoa('%PDF')]];
  await popup.evaluate(paste, 'textarea', '', picture);
  await expect.poll(() => attachmentNames(popup)).toEqual(['image.png']);
  await popup.evaluate(paste, 'textarea', 'A1\tB1', picture);
  await popup.evaluate(paste, 'body', '', report);
  await expect.poll(() => attachmentNames(popup)).toEqual(['image.png', 'report.pdf']);

  await popup.click('[aria-label="Remove attachment 2"]');
  await fill(popup, 'Description', 'Pasted');
  await sendAndWait(popup, 'ASM-111 created.');
  expect(rig.assembly.record.tickets[0]?.images).toMatchObject([{ sha256: sha256(png) }]);
});

test('the keys that paste bring a picture from the clipboard, and words into the field', async () => {
  const { popup } = await start();
  await popup.bringToFront();
  await popup.focus('textarea');
  await popup.evaluate(async base64 => {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
    const picture = new Blob([bytes], { type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  }, png.toString('base64'));
  await pressPaste(popup);
  await expect.poll(() => attachmentCount(popup)).toBe(1);

  await popup.evaluate(() => navigator.clipboard.writeText('Words'));
  await pressPaste(popup);
  await expect.poll(() => fieldText(popup, 'Description')).toBe('Words');
  expect(await attachmentCount(popup)).toBe(1);
});

async function start(): Promise<{ rig: Rig; popup: Page }> {
  const rig = await startRig();
  await connect(rig);
  const popup = await rig.openPopup(await rig.openPage());
  await waitForField(popup, 'Description', '');
  return { rig, popup };
}

async function pressPaste(popup: Page): Promise<void> {
  await popup.keyboard.down('Control');
  await popup.keyboard.press('KeyV', { commands: ['Paste'] });
  await popup.keyboard.up('Control');
}

type DragData = { items: { mimeType: string; data: string }[]; files: string[]; dragOperationsMask: number };

/** What the browser does when something is dragged over the middle of the popup from outside of it. */
async function drag(
  popup: Page,
  type: 'dragEnter' | 'dragOver' | 'dragCancel' | 'drop',
  what: string[] | DragData,
): Promise<void> {
  const session = await popup.createCDPSession();
  const data = Array.isArray(what) ? { items: [], files: what, dragOperationsMask: 1 } : what;
  await session.send('Input.dispatchDragEvent', { type, x: 200, y: 300, data });
  await session.detach();
}

/** Runs in the popup: drops a text, and tells whether the browser was kept from doing what it does by itself. */
function dropText(selector: string): { over: boolean; drop: boolean } {
  const dataTransfer = new DataTransfer();
  dataTransfer.setData('text/plain', 'Words');
  const target = document.querySelector(selector);
  const happens = (type: string) =>
    target?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })) === false;
  return { over: happens('dragover'), drop: happens('drop') };
}

type PastedFile = [name: string, type: string, base64: string];

/** Runs in the popup: what the browser tells of a paste. */
function paste(selector: string, words: string, files: PastedFile[]): void {
  const clipboardData = new DataTransfer();
  if (words !== '') clipboardData.setData('text/plain', words);
  for (const [name, type, base64] of files) {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
    clipboardData.items.add(new File([bytes], name, { type }));
  }
  const target = document.querySelector(selector);
  target?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}
