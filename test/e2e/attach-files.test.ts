import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { pngSignature } from '../../src/core/image/png-size.ts';
import { sha256 } from '../../tools/assembly/multipart-form.ts';
import type { SeedTicket } from '../../tools/assembly/seed.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { samplePng } from '../integration/assembly/sample-images.ts';
import {
  animatedGif,
  attach,
  attachmentNames,
  attachmentNotes,
  pick,
  storedBlobs,
} from '../support/attaching.ts';
import {
  exif,
  exifOfHeif,
  exifOfJpeg,
  heifOf,
  jpegWith,
  placeBytes,
  pngWith,
} from '../support/hidden-metadata.ts';
import { focused } from '../support/keyboard-focus.ts';
import {
  attachmentCount,
  connect,
  fill,
  notesOf,
  press,
  sendAndWait,
  waitForField,
  waitUntilArmed,
} from '../support/popup-actions.ts';
import { readDraft } from '../support/read-draft.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { storeMarks } from './editor/open-editor.ts';

const agent = { name: 'Ada Moreau', email: 'ada@example.com' };
const older: SeedTicket = {
  number: 'ASM-42',
  ulid: '01J0000000000000000000000A',
  query: 'Filed long ago, not from here',
  sourceSpecificId: null,
};
const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(5_000)]);

test('a photo that no browser draws says whether its place goes with it', async () => {
  const { popup } = await start();
  await attach(popup, {
    'phone.heic': heifOf([exifOfHeif({ hasPlace: true })]),
    'scan.tiff': exif(),
    'camera.cr3': Buffer.from('\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'latin1'),
  });
  const [phone, scan, camera] = await attachmentNotes(popup);
  expect(phone).toContain('tells where it was taken');
  expect(scan).not.toContain('taken');
  expect(camera).toContain('may tell where it was taken');
});

test('a ticket carries PNG and JPEG to the byte, other pictures as PNG, and no place', async () => {
  const { rig, page, popup } = await start();
  const [jpeg, webp] = await photos(page);
  const tagged = jpegWith(jpeg, exifOfJpeg({ hasPlace: true }));
  const turned = jpegWith(jpeg, exifOfJpeg({ hasPlace: true, orientation: 6 }));
  await attach(popup, {
    'first.png': samplePng(30, 20),
    'second.jpg': jpeg,
    'third.webp': webp,
    'fourth.gif': animatedGif,
    'fifth.jpeg': tagged,
    'a jpeg.png': turned,
  });
  await expect.poll(() => attachmentNotes(popup)).not.toContainEqual(expect.stringContaining('made ready'));
  const [, second, third, , fifth, sixth] = await attachmentNotes(popup);
  expect(second).not.toContain('Hidden details');
  expect(third).toContain('full size');
  expect(fifth).toContain('Hidden details such as its location were removed.');
  expect(sixth).toMatch(/^600 × 800, full size \| Hidden details/);

  await fill(popup, 'Description', 'Six pictures from the disk');
  await sendAndWait(popup, 'ASM-111 created.');
  const images = rig.assembly.record.tickets.at(-1)?.images ?? [];
  expect(images.map(({ sentAs, format }) => [sentAs, format])).toEqual(
    ['png', 'jpeg', 'png', 'png', 'jpeg', 'jpeg'].map(format => ['files_base64', format]),
  );
  expect(images[0]?.sha256).toBe(sha256(samplePng(30, 20)));
  expect(images[1]?.sha256).toBe(sha256(jpeg));
  expect(images[2]).toMatchObject({ width: 800, height: 600 });
  expect([...PNG.sync.read(images[3]?.bytes ?? Buffer.alloc(0)).data]).toEqual([255, 0, 0, 255]);
  expect(images[4]?.sha256).toBe(sha256(jpeg));
  expect(images.some(({ bytes }) => bytes.includes(placeBytes))).toBe(false);
  expect(images[5]?.bytes.includes('Exif')).toBe(true);
});

test('a picture that is stored turned is cropped as it is seen', async () => {
  const { rig, page, popup } = await start();
  const [jpeg] = await photos(page);
  await attach(popup, { 'turned.jpg': jpegWith(jpeg, exifOfJpeg({ orientation: 6 })) });
  const draft = await readDraft(popup);
  const crop = { x: 0, y: 700, width: 600, height: 100 };
  await storeMarks(popup, `${draft.id}/${draft.attachments[0]?.id}`, [], crop);
  await sendAndWait(popup, 'ASM-111 created.');
  expect(rig.assembly.record.tickets.at(-1)?.images).toMatchObject([
    { format: 'png', width: 600, height: 100 },
  ]);
});

test('a reply carries every file to the byte, in the order that the person made, under its name', async () => {
  const { rig, page, popup } = await startOnReply();
  const [jpeg, webp] = await photos(page);
  const large = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(19_999_991)]);
  const longName = `${'n'.repeat(196)}.txt`;
  const oddName = 'a "quoted"\nÜbersicht 報告 🦀\\b';
  const files: Readonly<Record<string, Buffer>> = {
    'large.pdf': large,
    'shot.webp': webp,
    'film.gif': animatedGif,
    'photo.jpg': jpeg,
    'tagged.jpg': jpegWith(jpeg, exifOfJpeg({ hasPlace: true })),
    'sketch.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    'notes.png': Buffer.from('not a picture'),
    [oddName]: Buffer.from('odd'),
    [longName]: Buffer.from('long'),
  };
  await attach(popup, files);

  // The first goes to the end but one, by the keyboard alone; then the last goes before it.
  await (await popup.waitForSelector(ariaSelector('button', 'Move attachment 1 down')))?.focus();
  for (let at = 2; at <= 8; at += 1) {
    await popup.keyboard.press('Enter');
    await expect.poll(async () => (await focused(popup)).name).toBe(`Move attachment ${at} down`);
  }
  await waitForStatus(popup, 'Attachment moved to place 8 of 9.');
  await press(popup, 'Move attachment 9 up');
  await waitForStatus(popup, 'Attachment moved to place 8 of 9.');
  const sentAs: [name: string, type: string, bytes: Buffer][] = [
    ['shot.webp', 'image/webp', webp],
    ['film.gif', 'image/gif', animatedGif],
    ['photo.jpg', 'image/jpeg', jpeg],
    ['tagged.jpg', 'image/jpeg', jpeg],
    ['sketch.svg', 'image/svg+xml', files['sketch.svg'] ?? Buffer.alloc(0)],
    ['notes.png', 'image/png', Buffer.from('not a picture')],
    ['a ’quoted’ Übersicht 報告 🦀-b', 'application/octet-stream', Buffer.from('odd')],
    [longName, 'text/plain', Buffer.from('long')],
    ['large.pdf', 'application/pdf', large],
  ];
  await expect.poll(() => attachmentNames(popup)).toEqual(sentAs.map(([name]) => name));

  await fill(popup, 'Ticket', older.ulid, 'combobox');
  await fill(popup, 'Message', 'With files');
  await sendAndWait(popup, 'Reply sent.', 'Send reply');
  const sent = rig.assembly.record.replies[0]?.files ?? [];
  expect(sent.map(file => [file.filename, file.contentType, file.sha256])).toEqual(
    sentAs.map(([name, type, bytes]) => [name, type, sha256(bytes)]),
  );
});

test('a ticket refuses a PDF, lets it follow when the person says so, and it arrives behind the ticket', async () => {
  const { rig, popup } = await start();
  await fill(popup, 'Description', 'With a report');
  await attach(popup, { 'report.pdf': pdf, 'shot.png': samplePng(30, 20), 'data.bin': Buffer.from([0, 1]) });
  expect((await attachmentNotes(popup))[0]).toBe(
    '5 kB | A ticket takes pictures only. | Send it as a reply once the ticket exists',
  );
  await waitUntilArmed(popup);
  await press(popup, 'Send ticket');
  await expect
    .poll(async () => (await focused(popup)).name)
    .toBe('Send it as a reply once the ticket exists');
  const problem = await popup.waitForSelector('.field > [role="alert"]');
  expect(await problem?.evaluate(element => element.textContent)).toBe(
    'A ticket takes pictures only. Let the other files follow as a reply, or remove them.',
  );
  expect(rig.assembly.record.requests).toEqual([]);

  await byRole(popup, 'checkbox', 'Send it as a reply once the ticket exists').click();
  await expect.poll(async () => (await attachmentNotes(popup))[0]).not.toContain('pictures only');
  expect(await popup.$('.field > [role="alert"]')).toBeNull();
  await press(popup, 'Remove attachment 3');
  await expect.poll(() => attachmentCount(popup)).toBe(2);
  await sendAndWait(popup, 'ASM-111 created.');
  const { record } = rig.assembly;
  await expect.poll(() => record.replies.length, { timeout: 20_000 }).toBe(1);
  expect(record.tickets.at(-1)?.images).toMatchObject([{ sha256: sha256(samplePng(30, 20)) }]);
  expect(record.replies).toMatchObject([
    {
      ticketNumber: 'ASM-111',
      content: 'The files that belong to this ticket.',
      user: agent,
      files: [{ filename: 'report.pdf', contentType: 'application/pdf', sha256: sha256(pdf) }],
    },
  ]);
});

test('a small PNG of more pixels than can be drawn on is a file, and is not decoded', async () => {
  const { popup } = await start();
  await attach(popup, { 'huge.png': blackPng(22_000) });
  expect((await attachmentNotes(popup))[0]).toContain('A ticket takes pictures only.');
});

test('a file that is too large, one that is empty and one too many are refused in words, and nothing of them is kept', async () => {
  const { popup } = await start();
  await pick(popup, { 'film.mov': Buffer.alloc(33_000_000, 1), 'nothing.txt': Buffer.alloc(0) });
  await expect
    .poll(() => notesOf(popup))
    .toEqual([
      'film.mov is larger than 32 MB, the most that Assembly takes of one file. Share it by a link instead.',
      'nothing.txt is empty. It was not attached.',
    ]);
  expect(await attachmentCount(popup)).toBe(0);
  expect(await storedBlobs(popup)).toBe(0);

  const many = Array.from({ length: 11 }, (_, index) => [`${index}.txt`, Buffer.from(`${index}`)]);
  await pick(popup, Object.fromEntries(many));
  await expect.poll(() => notesOf(popup)).toContain('A draft can hold 10 attachments.');
  expect(await attachmentCount(popup)).toBe(10);
  expect(await storedBlobs(popup)).toBe(10);
});

test('what a page stores past its own checks is refused by the worker too, and deleted', async () => {
  const { popup } = await start();
  const { id: draftId } = await readDraft(popup);
  const asked = await popup.evaluate(storeAndAdd, draftId, 32_000_001);
  expect(asked).toMatchObject({ ok: false, failure: { kind: 'file-too-large', name: 'big.bin' } });
  expect(await popup.evaluate(storeAndAdd, draftId, 0)).toMatchObject({ failure: { kind: 'file-empty' } });
  expect(await storedBlobs(popup)).toBe(0);
});

async function start(): Promise<{ rig: Rig; page: Page; popup: Page }> {
  const rig = await startRig({ assembly: { seed: { tickets: [older] } } });
  await connect(rig, { agent });
  const page = await rig.openPage();
  const popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', '');
  return { rig, page, popup };
}

async function startOnReply() {
  const started = await start();
  await byRole(started.popup, 'tab', 'Reply').click();
  await waitForField(started.popup, 'Message', '');
  return started;
}

/** The page in the browser's own JPEG and WebP, 800 × 600. */
async function photos(page: Page): Promise<[jpeg: Buffer, webp: Buffer]> {
  const clip = { x: 0, y: 0, width: 800, height: 600 };
  const jpeg = await page.screenshot({ type: 'jpeg', clip });
  return [Buffer.from(jpeg), Buffer.from(await page.screenshot({ type: 'webp', clip }))];
}

/** Runs in a page of the extension: stores bytes as the popup does, and asks to add them. */
async function storeAndAdd(draftId: string, sizeBytes: number): Promise<unknown> {
  const opening = indexedDB.open('capture');
  await new Promise(resolve => {
    opening.onsuccess = resolve;
  });
  const tx = opening.result.transaction('blobs', 'readwrite');
  const blob = new Blob([new Uint8Array(sizeBytes)]);
  tx.objectStore('blobs').put({ id: `big-${sizeBytes}`, blob, createdAt: Date.now(), sha256: null });
  await new Promise(resolve => {
    tx.oncomplete = resolve;
  });
  opening.result.close();
  const input = { draftId, blobId: `big-${sizeBytes}`, name: 'big.bin', type: '' };
  return chrome.runtime.sendMessage({ name: 'attachment.add', input });
}

/** A PNG of so many pixels on each side, all black: a thousandth of a bit for each. */
function blackPng(sidePx: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sidePx, 0);
  header.writeUInt32BE(sidePx, 4);
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(sidePx / 8)) * sidePx));
  const signature = Buffer.from(pngSignature);
  const end = Buffer.alloc(0);
  return pngWith(pngWith(signature, ['IHDR', header]), ['IDAT', rows], ['IEND', end]);
}
