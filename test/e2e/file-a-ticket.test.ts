import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import type { SeenRequest } from '../../tools/assembly/record.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { extensionWorker } from '../../tools/chromium/extension.ts';
import {
  addVisibleArea,
  attachmentCount,
  closePopup,
  connect,
  fieldText,
  fill,
  press,
  sendAndWait,
  typeAtEnd,
  waitForField,
  waitForText,
  waitUntilArmed,
} from '../support/popup-actions.ts';
import { differentShare } from '../support/read-draft.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { expectHeaders, expectTimestamp, textFields, textsOf } from '../support/sent-fields.ts';
import { cellColour, colourGrid, gridColumns, gridRows, noisePage } from '../support/test-pages.ts';

const threadTitle = 'CSV export drops the last page of rows – Harbor Community';
const complaint =
  /^> Since Monday's update our nightly CSV export stops at row 5,000\. .* went out wrong\.$/m;

describe('from a click on the toolbar button to the ticket', () => {
  test('a quote, a shot and the fields arrive as they were shown', async () => {
    const startMs = Date.now();
    const rig = await startRig();
    await connect(rig);
    await rig.browser.setCookie({
      name: 'session',
      value: 'not-to-be-sent',
      domain: 'api.wavelength.cx',
      secure: true,
      sameSite: 'None',
    });
    const asked = await requestAddresses(rig);
    const page = await rig.openPage();
    await page.click('#complaint', { count: 3 });
    const popup = await rig.openPopup(page);
    popup.on('request', request => asked.push(request.url()));
    await waitForField(popup, 'Description', complaint);
    const quoted = await fieldText(popup, 'Description');
    expect(quoted.trim().split('\n').at(-1)).toMatch(
      new RegExp(`^— \\[${threadTitle}\\]\\(${rig.sampleSite.url}/#:~:text=Since%20Monday's%20update,.+\\)$`),
    );

    await typeAtEnd(popup, 'Description', '\nSeen by a second customer.');
    await addVisibleArea(popup);
    await waitForStatus(popup, 'Visible area added.');
    await expectThumbnail(popup);
    await fill(popup, 'Customer email', 'dana@example.com');
    await fill(popup, 'Customer name', 'Dana Whitfield');
    await fill(popup, 'Category', 'Bug', 'combobox');

    const details = await expectedDetails(rig, page);
    await popup.locator('::-p-text(Page details:)').click();
    for (const [name, label] of Object.entries(labels)) {
      const value = details[name as keyof typeof labels];
      const box = await popup.waitForSelector(ariaSelector('checkbox', `${label} ${value}`));
      expect(await box?.evaluate(element => (element as HTMLInputElement).checked)).toBe(true);
    }
    const { language, ...sentDetails } = details;
    await byRole(popup, 'checkbox', `${labels.language} ${language}`).click();

    const query = (await fieldText(popup, 'Description')).trim();
    expect(query).toBe(`${quoted.trim()}\n\nSeen by a second customer.`);
    expect(await sendAndWait(popup, 'created')).toBe('ASM-111 created.');
    await press(popup, 'Copy number');
    await typeAtEnd(popup, 'Title', '');
    await popup.keyboard.press('KeyV', { commands: ['paste'] });
    await waitForField(popup, 'Title', 'ASM-111');

    const { record } = rig.assembly;
    // The typed address is looked up; the key goes along, a cookie never.
    expect(record.requests.map(({ endpoint }) => endpoint)).toEqual(['contact', 'ticket']);
    const [sent] = record.requestsTo('ticket');
    const fields = textFields(sent);
    expect(sent?.parts.every(({ kind }) => kind === 'text')).toBe(true);
    expect(fields).toEqual({
      query: [query],
      title: [expect.any(String)],
      source_specific_id: [expect.stringMatching(/^cap_[0-9a-f]{32}$/)],
      user: [JSON.stringify({ email: 'dana@example.com', name: 'Dana Whitfield' })],
      additional_properties: [expect.any(String)],
      original_timestamp: [expect.any(String)],
      files_base64: [expect.stringMatching(/^iVBORw0KGgo[A-Za-z0-9+/]+=*$/)],
    });
    const [title = ''] = textsOf(sent, 'title');
    expect(title).toMatch(/^Since Monday's update our nightly CSV export stops at row 5,000\. .*…$/);
    expect(title.length).toBeLessThanOrEqual(120);
    expect(propertiesOf(sent)).toEqual({
      ...sentDetails,
      category: 'Bug',
      extension_version: await version(rig),
    });
    expectTimestamp(textsOf(sent, 'original_timestamp')[0], startMs);
    expectHeaders(sent);
    expect(new Set(asked.filter(url => !isLocal(url)))).toEqual(
      new Set([`${api}/contacts/dana%40example.com`, `${api}/interactions`]),
    );
  });

  test('the picture has the very pixels of the page, and Ctrl+Enter sends it', async () => {
    const rig = await startRig({ pages: { '/grid': colourGrid } });
    await connect(rig);
    const page = await rig.openPage(`${rig.sampleSite.url}/grid`);
    const screenshot = PNG.sync.read(Buffer.from(await page.screenshot()));
    const popup = await rig.openPopup(page);
    await addVisibleArea(popup);
    await waitUntilArmed(popup);
    await popup.keyboard.down('Control');
    await popup.keyboard.press('Enter');
    await popup.keyboard.up('Control');
    await waitForStatus(popup, 'ASM-111 created.');

    const sent = PNG.sync.read(rig.assembly.record.tickets[0]?.images[0]?.bytes ?? Buffer.alloc(0));
    expect(differentShare(sent, screenshot)).toBe(0);
    for (let column = 0; column < gridColumns; column++) {
      for (let row = 0; row < gridRows; row++) {
        const x = Math.floor(((column + 0.5) * sent.width) / gridColumns);
        const y = Math.floor(((row + 0.5) * sent.height) / gridRows);
        const at = (y * sent.width + x) * 4;
        expect([...sent.data.subarray(at, at + 4)]).toEqual([...cellColour(column, row), 255]);
      }
    }
  });

  test('a picture that is too large for Assembly is made to fit', async () => {
    const rig = await startRig({ pages: { '/noise': noisePage(2_560, 1_600) } });
    await connect(rig);
    const page = await rig.openPage(`${rig.sampleSite.url}/noise`);
    await rig.browser.setWindowBounds(await page.windowId(), { width: 2_560, height: 1_600 });
    await page.waitForFunction(() => innerWidth > 2_500 && document.title === 'drawn');
    const popup = await rig.openPopup(page);
    await addVisibleArea(popup);
    await sendAndWait(popup, 'ASM-111 created.');

    const [text = ''] = textsOf(rig.assembly.record.requestsTo('ticket')[0], 'files_base64');
    expect(text.length).toBeLessThanOrEqual(4_000_000);
    // What the limit allows is used, not thrown away.
    expect(text.length).toBeGreaterThan(3_000_000);
    const { width, height } = PNG.sync.read(Buffer.from(text, 'base64'));
    expect(width).toBeLessThan(2_500);
    const shape = await page.evaluate(() => innerWidth / innerHeight);
    expect(width / height).toBeCloseTo(shape, 2);
  });
});

describe('what a ticket holds', () => {
  test('two pictures are two fields, in their order, and a removed one is not sent', async () => {
    const rig = await startRig();
    await connect(rig);
    const page = await rig.openPage();
    const popup = await rig.openPopup(page);
    for (const colour of ['red', 'lime', 'blue']) {
      await page.evaluate(fillPage, colour);
      await addVisibleArea(popup);
    }
    await press(popup, 'Remove attachment 2');
    await expect.poll(() => attachmentCount(popup)).toBe(2);
    await sendAndWait(popup, 'ASM-111 created.');

    expect(textsOf(rig.assembly.record.requestsTo('ticket')[0], 'files_base64')).toHaveLength(2);
    const colours = rig.assembly.record.tickets[0]?.images.map(({ bytes }) => [
      ...PNG.sync.read(bytes).data.subarray(0, 3),
    ]);
    expect(colours).toEqual([
      [255, 0, 0],
      [0, 0, 255],
    ]);
  });

  test('text alone is enough, and its first line is the title', async () => {
    const rig = await startRig();
    await connect(rig);
    const page = await rig.openPage();
    const popup = await rig.openPopup(page);
    await fill(popup, 'Description', 'The export is cut.\nSecond line.');
    await sendAndWait(popup, 'ASM-111 created.');
    const [sent] = rig.assembly.record.requestsTo('ticket');
    const fields = textFields(sent);
    expect(Object.keys(fields).sort()).toEqual(
      ['additional_properties', 'original_timestamp', 'query', 'source_specific_id', 'title'].sort(),
    );
    expect(fields).toMatchObject({
      query: ['The export is cut.\nSecond line.'],
      title: ['The export is cut.'],
    });
    expect(propertiesOf(sent)).toMatchObject({
      page_url: rig.sampleSite.threadUrl,
      page_title: threadTitle,
    });
  });

  test('a title of its own comes first, and without any words the title is the page’s', async () => {
    const rig = await startRig();
    await connect(rig);
    const page = await rig.openPage();
    let popup = await rig.openPopup(page);
    await fill(popup, 'Title', 'Export stops at 5,000 rows');
    await fill(popup, 'Description', 'First line');
    await sendAndWait(popup, 'ASM-111 created.');
    await closePopup(popup);

    popup = await rig.openPopup(page);
    await addVisibleArea(popup);
    await sendAndWait(popup, 'ASM-112 created.');
    expect(rig.assembly.record.tickets.map(({ title, query }) => ({ title, query }))).toEqual([
      { title: 'Export stops at 5,000 rows', query: 'First line' },
      { title: threadTitle, query: threadTitle },
    ]);
  });

  test('a draft with nothing in it is not sent, and says what is missing', async () => {
    const rig = await startRig();
    await connect(rig);
    const popup = await rig.openPopup(await rig.openPage());
    await waitUntilArmed(popup);
    await press(popup, 'Send ticket');
    await waitForText(popup, 'Write something, add the selection or capture the page.');
    await fill(popup, 'Description', 'Words');
    await fill(popup, 'Customer email', 'dana at example.com');
    await press(popup, 'Send ticket');
    await waitForText(popup, 'This does not look like an email address.');
    // Words that rest in the customer's field are looked up as a name; that is no ticket.
    expect(rig.assembly.record.requestsTo('ticket')).toEqual([]);
  });
});

const api = 'https://api.wavelength.cx';

/** The visible words of the page details, by the field's name. */
const labels = {
  page_url: 'Page address',
  page_title: 'Page title',
  browser: 'Browser',
  os: 'Operating system',
  viewport: 'Window size',
  language: 'Language',
  time_zone: 'Time zone',
} as const;

/** What the ticket must say of the page, found out without the extension. */
async function expectedDetails(rig: Rig, page: Page): Promise<Record<keyof typeof labels, string>> {
  const operatingSystems: Record<string, string> = { linux: 'linux', darwin: 'mac', win32: 'win' };
  const major = /\/(\d+)\./.exec(await rig.browser.version())?.[1];
  const seen = await page.evaluate(() => ({
    viewport: `${innerWidth}×${innerHeight} @${devicePixelRatio}x`,
    language: navigator.language,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }));
  return {
    page_url: rig.sampleSite.threadUrl,
    page_title: threadTitle,
    browser: `Chromium ${major}`,
    os: operatingSystems[process.platform] ?? process.platform,
    ...seen,
  };
}

function propertiesOf(seen: SeenRequest | undefined): unknown {
  return JSON.parse(textsOf(seen, 'additional_properties')[0] ?? '');
}

async function version(rig: Rig): Promise<string> {
  const worker = await extensionWorker(rig.browser, rig.extension);
  return worker.evaluate(() => chrome.runtime.getManifest().version);
}

/** Collects the addresses that the worker asks for from now on. */
async function requestAddresses(rig: Rig): Promise<string[]> {
  const addresses: string[] = [];
  const { client } = await extensionWorker(rig.browser, rig.extension);
  client.on('Network.requestWillBeSent', ({ request }) => addresses.push(request.url));
  await client.send('Network.enable');
  return addresses;
}

function isLocal(address: string): boolean {
  return /^(?:chrome-extension|blob|data):/.test(address);
}

async function expectThumbnail(popup: Page): Promise<void> {
  const picture = await popup.waitForSelector(`${ariaSelector('list', 'Attachments')} img`);
  await expect
    .poll(() => picture?.evaluate(image => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
}

function fillPage(colour: string): Promise<void> {
  document.body.innerHTML = '';
  document.documentElement.style.background = colour;
  document.body.style.background = colour;
  // Two frames: what is captured then has been painted.
  return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
