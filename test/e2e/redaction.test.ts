import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { Draft } from '../../src/core/draft.ts';
import { intersection, type Rect } from '../../src/core/image/geometry.ts';
import type { Mark } from '../../src/core/marks/mark.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { extensionWorker } from '../../tools/chromium/extension.ts';
import { ask } from '../support/file-by-message.ts';
import {
  addVisibleArea,
  closePopup,
  connect,
  fieldText,
  fill,
  notesOf,
  press,
  sendAndWait,
  waitForField,
  waitUntilArmed,
} from '../support/popup-actions.ts';
import { readDraft } from '../support/read-draft.ts';
import { setRedaction } from '../support/redaction-settings.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { plantedOwnPatterns, secretPage } from '../support/secret-pages.ts';

const pages = {
  '/secrets': secretPage,
  '/mail': {
    body: `<!doctype html><title>Mail</title><body style="margin: 20px; font: 20px sans-serif">
      <p id="words">Please answer grace@example.com about Ada Example.</p>`,
  },
};
const sent = /ASM-\d+ created/;

/** A connected extension, a page, and the popup over it. */
async function openOver(path: keyof typeof pages): Promise<{ rig: Rig; page: Page; popup: Page }> {
  const rig = await startRig({ pages });
  await connect(rig);
  const page = await rig.openPage(`${rig.sampleSite.url}${path}`);
  return { rig, page, popup: await rig.openPopup(page) };
}

/** The pictures that Assembly got. */
function arrived(rig: Rig): PNG[] {
  return rig.assembly.record.tickets.flatMap(({ images }) => images.map(({ bytes }) => PNG.sync.read(bytes)));
}

/** Every colour in a part of a picture. */
function coloursIn(picture: PNG, part: Rect): string[] {
  const colours = new Set<string>();
  const inside = intersection(part, { x: 0, y: 0, width: picture.width, height: picture.height });
  if (!inside) return [];
  for (let y = Math.floor(inside.y); y < Math.floor(inside.y + inside.height); y += 1) {
    for (let x = Math.floor(inside.x); x < Math.floor(inside.x + inside.width); x += 1) {
      colours.add(picture.data.toString('hex', (y * picture.width + x) * 4, (y * picture.width + x) * 4 + 4));
    }
  }
  return [...colours];
}

test('of sixty secrets on a page none is in the picture that arrives, nor in the text', async () => {
  const rig = await startRig({ pages });
  await connect(rig);
  await setRedaction(rig, { ownPatterns: [...plantedOwnPatterns] });
  const page = await rig.openPage(`${rig.sampleSite.url}/secrets`);
  await page.waitForFunction(() => window.__plantedBoxes().every(({ boxes }) => boxes.length > 0));
  const planted = await page.evaluate(() => window.__plantedBoxes());
  await page.evaluate(() => getSelection()?.selectAllChildren(document.body));
  const popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', /\S/);
  await page.evaluate(() => getSelection()?.removeAllRanges());
  await addVisibleArea(popup);
  const quoted = await fieldText(popup, 'Description');
  const inText = planted.filter(({ value }) => quoted.includes(value));
  expect(inText.length).toBeGreaterThan(10);

  await waitUntilArmed(popup);
  await press(popup, 'Send ticket');
  await popup.waitForSelector(ariaSelector('button', 'Mask all and send'));
  expect(rig.assembly.record.tickets).toEqual([]);
  await press(popup, 'Mask all and send');
  await expect.poll(() => rig.assembly.record.tickets.length, { timeout: 20_000 }).toBe(1);

  const [ticket] = rig.assembly.record.tickets;
  const text = JSON.stringify([ticket?.query, ticket?.title, ticket?.additionalProperties]);
  expect(inText.filter(({ value }) => text.includes(value)).map(({ value }) => value)).toEqual([]);
  const [picture] = arrived(rig);
  if (!picture) throw new Error('No picture arrived.');
  const readable = planted.filter(({ boxes }) =>
    // A place where a line may break has a box without a width.
    boxes.some(box => box.width >= 1 && coloursIn(picture, box).join() !== '000000ff'),
  );
  expect(readable.map(({ kind, value }) => `${kind} ${value}`)).toEqual([]);
});

test('what was captured is gone with the sending, and never was in a request', async () => {
  const { rig, popup } = await openOver('/mail');
  await addVisibleArea(popup);
  await sendAndWait(popup, sent);
  const blobs = await popup.evaluate(async () => {
    const opening = indexedDB.open('capture');
    await new Promise(resolve => {
      opening.onsuccess = resolve;
    });
    const counting = opening.result.transaction('drafts').objectStore('drafts').getAll();
    await new Promise(resolve => {
      counting.onsuccess = resolve;
    });
    opening.result.close();
    return (counting.result as { attachments: unknown[] }[]).flatMap(({ attachments }) => attachments);
  });
  expect(blobs).toEqual([]);
  expect(arrived(rig)).toHaveLength(1);
});

test.for([
  {
    name: 'a box that is not drawn',
    break: () => {
      OffscreenCanvasRenderingContext2D.prototype.fillRect = () => {};
    },
  },
  {
    name: 'a canvas that cannot be read',
    break: () => {
      OffscreenCanvasRenderingContext2D.prototype.getImageData = () => {
        throw new DOMException('No.', 'InvalidStateError');
      };
    },
  },
  {
    name: 'no canvas at all',
    break: () => {
      OffscreenCanvas.prototype.getContext = () => null;
    },
  },
])('with $name nothing is sent, and the popup says why', async ({ break: breakIt }) => {
  const { rig, popup } = await openOver('/mail');
  const worker = await extensionWorker(rig.browser, rig.extension);
  await worker.evaluate(breakIt);
  await addVisibleArea(popup);
  expect((await readDraft(popup)).attachments[0]).toMatchObject({
    marks: [{ tool: 'redact', found: 'email' }],
  });
  await waitUntilArmed(popup);
  await press(popup, 'Send ticket');
  await expect.poll(() => notesOf(popup)).toContainEqual(expect.stringContaining('could not be burnt'));
  expect(rig.assembly.record.tickets).toEqual([]);
});

declare global {
  var releasePictures: (() => void) | undefined;
}

test('what fails after the popup was closed is said by the next one', async () => {
  const { rig, page, popup } = await openOver('/mail');
  const worker = await extensionWorker(rig.browser, rig.extension);
  await worker.evaluate(() => {
    OffscreenCanvas.prototype.getContext = () => null;
  });
  await addVisibleArea(popup);
  await worker.evaluate(() => {
    const decode = createImageBitmap;
    const released = new Promise<void>(resolve => {
      globalThis.releasePictures = resolve;
    });
    globalThis.createImageBitmap = (async (...given: Parameters<typeof decode>) => {
      await released;
      return decode(...given);
    }) as typeof decode;
  });
  await waitUntilArmed(popup);
  await press(popup, 'Send ticket');
  await waitForStatus(popup, /^Making the pictures ready/);
  await closePopup(popup);
  await worker.evaluate(() => globalThis.releasePictures?.());
  await expect
    .poll(() => worker.evaluate(async () => Object.keys(await chrome.storage.session.get())))
    .toContain('sendFailure');
  const again = await rig.openPopup(page);
  await expect.poll(() => notesOf(again)).toContainEqual(expect.stringContaining('could not be burnt'));
  expect(rig.assembly.record.tickets).toEqual([]);
});

test('what is uncovered by hand is asked about once, and goes when the person says so', async () => {
  const { rig, popup } = await openOver('/mail');
  await addVisibleArea(popup);
  await fill(popup, 'Description', 'See the picture');
  const { id: draftId, attachments } = await readDraft(popup);
  const attachmentId = attachments[0]?.id ?? '';
  const known = attachments.flatMap(other => (other.kind === 'image' ? other.marks.map(({ id }) => id) : []));
  await ask(popup, 'attachment.mark', { draftId, attachmentId, marks: { marks: [], crop: null }, known });
  await waitUntilArmed(popup);
  await press(popup, 'Send ticket');
  await press(popup, 'Send as it is');
  await expect.poll(() => rig.assembly.record.tickets.length, { timeout: 20_000 }).toBe(1);
  const [picture] = arrived(rig);
  expect(picture && coloursIn(picture, { x: 20, y: 20, width: 500, height: 60 }).length).toBeGreaterThan(2);
});

test('what is covered while an editor is open stays covered when the editor saves', async () => {
  const { popup } = await openOver('/mail');
  await addVisibleArea(popup);
  const { id: draftId, attachments } = await readDraft(popup);
  const [opened] = attachments;
  if (opened?.kind !== 'image') throw new Error('There is no picture.');
  const { id: attachmentId, marks, crop } = opened;
  await ask(popup, 'draft.redactWords', { draftId, words: ['Ada Example'] });
  const covered = marksOf(await readDraft(popup));
  expect(covered.length).toBeGreaterThan(marks.length);
  const known = marks.map(({ id }) => id);
  await ask(popup, 'attachment.mark', { draftId, attachmentId, marks: { marks, crop }, known });
  expect(marksOf(await readDraft(popup))).toEqual(covered);
});

test('a word is covered everywhere in the draft: in its picture and in its texts', async () => {
  const { rig, page, popup } = await openOver('/mail');
  await addVisibleArea(popup);
  await fill(popup, 'Title', 'Ada Example asks');
  await fill(popup, 'Description', 'It is about ada example, says Adam Example.');
  await expect.poll(async () => (await readDraft(popup)).body).toContain('Adam');
  const box = await page.evaluate(() => {
    const node = document.querySelector('#words')?.firstChild;
    const range = document.createRange();
    if (!node) return null;
    const at = node.textContent?.indexOf('Ada Example') ?? 0;
    range.setStart(node, at);
    range.setEnd(node, at + 'Ada Example'.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  });
  const { id: draftId } = await readDraft(popup);
  await ask(popup, 'draft.redactWords', { draftId, words: ['Ada Example'] });
  await waitForField(popup, 'Title', '[redacted] asks');
  await waitForField(popup, 'Description', 'It is about [redacted], says Adam Example.');
  await sendAndWait(popup, sent);
  const [picture] = arrived(rig);
  expect(box && picture && coloursIn(picture, box)).toEqual(['000000ff']);
});

test('what the panel finds in the text is masked by one press, or kept', async () => {
  const { rig, popup } = await openOver('/mail');
  await fill(popup, 'Description', 'From grace@example.com');
  await popup.locator('.secrets summary').click();
  await byRole(popup, 'button', 'Mask all').click();
  await waitForField(popup, 'Description', 'From [email]');
  await sendAndWait(popup, sent);
  expect(rig.assembly.record.tickets[0]?.query).toBe('From [email]');
});

function marksOf({ attachments: [picture] }: Draft): Mark[] {
  return picture?.kind === 'image' ? picture.marks : [];
}
