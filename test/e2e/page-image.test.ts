import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { Draft } from '../../src/core/draft.ts';
import { ariaSelector, byRole } from '../../tools/chromium/by-role.ts';
import { attachmentNames } from '../support/attaching.ts';
import { connect, notesOf, sendAndWait, waitForField } from '../support/popup-actions.ts';
import { coveredAs, differentShare, readDraft, readPictures } from '../support/read-draft.ts';
import { type Rig, startRig } from '../support/rig.ts';

// How an image gets into the draft by its address is in context-menus.test.ts: it takes a right click.

const address = 'https://images.example.com/a.png';

test('the pixels of an image are those that are in view, with what is found on them covered', async () => {
  const body = `<style>body { margin: 0 } div { position: relative } img { background: teal } p { position: absolute; top: 20px; left: 20px; margin: 0; font: 20px monospace }</style>
    <img src="${address}" width="300" height="100"><div style="height: 3000px"></div>
    <div><img id="seen" src="${address}" width="400" height="200"><p>grace@example.com</p></div>`;
  const { rig, page, popup } = await startWithAddress(body);
  await page.$eval('#seen', image => image.scrollIntoView());
  await byRole(popup, 'button', 'Use its pixels').click();
  await expect.poll(() => attachmentNames(popup)).toEqual(['Picture from the page']);
  const { attachments } = await readDraft(popup);
  expect(attachments).toMatchObject([
    {
      id: 'address',
      widthPx: 400,
      heightPx: 200,
      publicUrl: address,
      marks: [{ tool: 'redact', found: 'email' }],
    },
  ]);
  // What is covered would be open to see at its address.
  expect(await popup.$(ariaSelector('button', 'Use its address'))).toBeNull();
  const [taken] = await readPictures(popup);
  await sendAndWait(popup, /ASM-\d+ created/);
  const [ticket] = rig.assembly.record.tickets;
  expect(ticket?.imageUrls).toEqual([]);
  const sent = PNG.sync.read(ticket?.images[0]?.bytes ?? Buffer.alloc(0));
  expect(taken && differentShare(sent, coveredAs(attachments, taken))).toBe(0);
});

test('an image that the page does not show any more stays an address, and the popup says why', async () => {
  const { popup } = await startWithAddress(`<img src="${address}" width="90" height="90" hidden>`);
  await byRole(popup, 'button', 'Use its pixels').click();
  await expect
    .poll(() => notesOf(popup))
    .toEqual([expect.stringContaining('The image is not on the page any more')]);
  expect(await attachmentNames(popup)).toEqual([address]);
});

/** A popup over a page, with an image of that page in the draft by its address. */
async function startWithAddress(body: string): Promise<{ rig: Rig; page: Page; popup: Page }> {
  const rig = await startRig({ pages: { '/image': { body } } });
  await connect(rig);
  const page = await rig.openPage(`${rig.sampleSite.url}/image`);
  const before = await rig.openPopup(page);
  await waitForField(before, 'Description', '');
  const attachments: Draft['attachments'] = [{ kind: 'image-url', id: 'address', url: address }];
  await before.evaluate(storeDraft, { ...(await readDraft(before)), attachments });
  await before.close();
  const popup = await rig.openPopup(page);
  await expect.poll(() => attachmentNames(popup)).toEqual([address]);
  return { rig, page, popup };
}

/** Runs in a page of the extension. */
async function storeDraft(draft: Draft): Promise<void> {
  const opening = indexedDB.open('capture');
  await new Promise(resolve => {
    opening.onsuccess = resolve;
  });
  const tx = opening.result.transaction('drafts', 'readwrite');
  tx.objectStore('drafts').put(draft);
  await new Promise(resolve => {
    tx.oncomplete = resolve;
  });
  opening.result.close();
}
