import type { Page } from 'puppeteer-core';
import { expect, onTestFinished, test } from 'vitest';
import type { Ticket } from '../../tools/assembly/record.ts';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { saveKey } from '../../tools/chromium/extension.ts';
import { type ExtraPage, startSampleSite } from '../../tools/sample-site/start-sample-site.ts';
import { notesOf, sendAndWait } from '../support/popup-actions.ts';
import { readDraft } from '../support/read-draft.ts';
import { type Rig, startRig } from '../support/rig.ts';

const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F 24 Tf 20 100 Td (A page of a PDF) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;

const pages: Readonly<Record<string, ExtraPage>> = {
  '/report.pdf': { body: pdf, contentType: 'application/pdf' },
  '/strict': {
    body: '<title>Strict</title><p id="words">Words of a strict page</p>',
    headers: { 'content-security-policy': "default-src 'none'; sandbox" },
  },
};

const noText = 'The text of this page cannot be read: ';
const noPixels = 'This page cannot be captured: ';
const orTry = '. You can still write the ticket yourself, and try to capture the visible area.';
const orWrite = '. You can still write the ticket yourself.';
const browserPage = 'it belongs to the browser';
const refused = 'the browser refused';
const errorPage = 'it is an error page';

test.for([
  { name: 'a page of the browser', address: 'chrome://version', notes: [noText + browserPage + orTry] },
  {
    name: 'a page that is its own address',
    address: 'data:text/html,<h1>Data</h1>',
    notes: [noText + refused + orTry],
  },
  { name: 'an error page', address: 'http://127.0.0.1:9/', notes: [noText + errorPage + orTry] },
  { name: 'a PDF', address: 'SITE/report.pdf', notes: [] },
])('of $name the pixels can be had', async ({ address, notes }) => {
  const { rig, url, popup } = await openOver(address);
  await byRole(popup, 'button', 'Visible area').click();
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  expect(await notesOf(popup)).toEqual(notes);
  const [ticket] = await fileTicket(rig, popup);
  expect(ticket?.images).toHaveLength(1);
  const { page_url } = { page_url: undefined, ...ticket?.additionalProperties };
  if (/^http/.test(url)) expect(page_url).toBe(url);
  // Newer versions of Chromium do not tell the address of their own pages, not even after a click.
  else expect([undefined, url.startsWith('chrome:') ? url : undefined]).toContain(page_url);
});

test.for([
  // Only older versions of Chromium tell the address, and with it the better reason.
  { name: 'an empty tab', address: 'about:blank', reasons: [refused, 'it is empty'] },
  { name: 'the source of a page', address: 'view-source:SITE/', reasons: [refused, browserPage] },
])('of $name nothing can be had, and a ticket can be written', async ({ address, reasons }) => {
  const { rig, popup } = await openOver(address);
  await expect.poll(() => notesOf(popup)).toHaveLength(1);
  const [said] = await notesOf(popup);
  const reason = reasons.find(each => said === noText + each + orTry);
  expect(reason, said).toBeDefined();
  await byRole(popup, 'button', 'Visible area').click();
  await expect.poll(() => notesOf(popup)).toEqual([said, noPixels + reason + orWrite]);
  await byRole(popup, 'button', 'Add selection').click();
  await waitForStatus(popup, /^$/);
  expect(await notesOf(popup)).toHaveLength(2);
  const [ticket] = await fileTicket(rig, popup);
  expect(ticket?.images).toEqual([]);
  expect(ticket?.additionalProperties).not.toHaveProperty('page_url');
});

test('a page with the strictest policy is as good as any', async () => {
  const { rig, url, popup } = await openOver('SITE/strict', page => page.click('#words', { count: 3 }));
  const description = () => readDraft(popup).then(({ body }) => body);
  await expect.poll(description).toMatch(/^> Words of a strict page\n/);
  await byRole(popup, 'button', 'Visible area').click();
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  expect(await notesOf(popup)).toEqual([]);
  const [ticket] = await fileTicket(rig, popup);
  expect(ticket?.images).toHaveLength(1);
  expect(ticket?.additionalProperties).toMatchObject({ page_url: url });
});

test('after a step to another site the browser wants a fresh click, and the popup says so', async () => {
  const { rig, page, popup } = await openOver('SITE/');
  const otherSite = await startSampleSite();
  onTestFinished(() => otherSite.close());
  await page.goto(otherSite.threadUrl);
  await byRole(popup, 'button', 'Visible area').click();
  const freshClick = 'the browser wants a fresh click (press the toolbar button on that page and try again)';
  await expect.poll(() => notesOf(popup)).toEqual([noPixels + freshClick + orWrite]);

  await popup.close();
  const again = await rig.openPopup(page);
  await byRole(again, 'button', 'Visible area').click();
  await again.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  expect((await readDraft(again)).page.page_url).toBe(otherSite.threadUrl);
});

/** Opens the popup over an address, in which `SITE` is the sample site. */
async function openOver(address: string, before = (_page: Page): Promise<void> => Promise.resolve()) {
  const rig = await startRig({ pages });
  const url = address.replace('SITE', rig.sampleSite.url);
  const page = await rig.browser.newPage();
  // An error page is a failure to puppeteer, and comes a moment later.
  await page.goto(url).catch(() => expect.poll(() => page.url()).toBe('chrome-error://chromewebdata/'));
  await before(page);
  const popup = await rig.openPopup(page);
  await popup.waitForSelector(ariaSelector('textbox', 'Description'));
  return { rig, url, page, popup };
}

async function fileTicket(rig: Rig, popup: Page): Promise<readonly Ticket[]> {
  await popup.type('textarea', 'Written by hand.');
  await saveKey(popup, demoApiKey);
  await sendAndWait(popup, /ASM-\d+ created/);
  const { tickets } = rig.assembly.record;
  expect(tickets.map(({ query }) => query)).toEqual([expect.stringContaining('Written by hand.')]);
  return tickets;
}
