import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { expect, onTestFinished, test } from 'vitest';
import type { Recipe, RecipeRule } from '../../src/core/recipe/recipe.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { extensionWorker, openExtensionPage, settingsPath } from '../../tools/chromium/extension.ts';
import { startSampleSite } from '../../tools/sample-site/start-sample-site.ts';
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
import { type Rig, startRig } from '../support/rig.ts';
import { makeRecipe, storeSettings } from '../support/store-settings.ts';

const order = {
  body: `<!doctype html><title>Order A-42</title>
    <h1>Order</h1>
    <p class="customer">Customer: <a href="mailto:grace@example.com">Grace&#8203; Hopper</a></p>
    <div id="account" data-account="acme-7">Acme Inc</div>
    <label>Plan <select id="plan"><option>silver<option selected>gold</select></label>
    <textarea id="note">ask ada@example.com</textarea>
    <input id="password" type="password" value="not-a-real-secret">
    <input id="shown" autocomplete="current-password" value="not-a-real-secret">
    <p id="dots" data-value="not-a-real-secret" style="-webkit-text-security: disc">not-a-real-secret</p>
    <p id="around">PIN <span style="-webkit-text-security: disc">not-a-real-secret</span></p>
    <select id="expiry" autocomplete="cc-exp-year"><option>not-a-real-secret</select>`,
};
const clobbered = {
  body: `<!doctype html><title>Hostile</title>
    <a id="captureForAssembly">x</a><a id="querySelector">x</a><img name="querySelector">
    <form id="form">A true text<input name="innerText" value="false"><input name="getAttribute" value="false">
      <input name="localName" value="false"></form>
    <p id="long">${'long '.repeat(1_000)}</p>
    <script>
      Document.prototype.querySelector = document.querySelector = () => { throw new Error('found out'); };
      Object.defineProperty(HTMLElement.prototype, 'innerText', { get: () => 'false' });
    </script>`,
};
const pages = { '/orders/A-42': order, '/orders/B-1': order, '/hostile': clobbered };

const rules: Partial<RecipeRule>[] = [
  { fills: 'customer_email', pattern: '.customer a', attribute: 'href' },
  { fills: 'customer_name', pattern: '.customer a' },
  { fills: 'company_source_specific_id', pattern: '#account', attribute: 'data-account' },
  { property: 'order_number', from: 'address', pattern: '/orders/:number' },
  { property: 'plan', pattern: '#plan' },
  { property: 'secret', pattern: '#password' },
  { property: 'secret_value', pattern: '#password', attribute: 'value' },
  { property: 'shown_secret', pattern: '#shown' },
  { property: 'dots', pattern: '#dots' },
  { property: 'dots_value', pattern: '#dots', attribute: 'data-value' },
  { property: 'around_dots', pattern: '#around' },
  { property: 'expiry', pattern: '#expiry' },
  { property: 'broken', pattern: 'a[' },
  { property: 'page_url', pattern: 'h1' },
];

async function start(wanted: readonly Partial<RecipeRule>[] = rules): Promise<{ rig: Rig; recipe: Recipe }> {
  const rig = await startRig({ pages });
  await connect(rig);
  const recipe = makeRecipe(rig, wanted);
  await storeSettings(rig, { recipes: [recipe] });
  return { rig, recipe };
}

const openOrder = (rig: Rig, number = 'A-42') => rig.openPage(`${rig.sampleSite.url}/orders/${number}`);
const note = 'From this page by “Shop admin”: Customer email, Customer name, Company, order_number, plan.';

test('a recipe fills the ticket from the page, and that arrives', async () => {
  const { rig } = await start();
  const popup = await rig.openPopup(await openOrder(rig));
  await waitForField(popup, 'Customer email', 'grace@example.com');
  expect(await fieldText(popup, 'Customer name')).toBe('Grace Hopper');
  expect(await notesOf(popup)).toEqual([note]);
  await fill(popup, 'Description', 'It stops.');
  await sendAndWait(popup, /ASM-\d+ created/);
  const [ticket] = rig.assembly.record.tickets;
  expect(ticket).toMatchObject({
    user: { email: 'grace@example.com', name: 'Grace Hopper' },
    companySourceSpecificId: 'acme-7',
    companyId: null,
    additionalProperties: { order_number: 'A-42', plan: 'gold', page_title: 'Order A-42' },
  });
  expect(JSON.stringify(rig.assembly.record.requests)).not.toContain('not-a-real-secret');
});

test('what a recipe filled is taken back, and stays so on that page', async () => {
  const { rig } = await start();
  const page = await openOrder(rig);
  const popup = await rig.openPopup(page);
  await waitForField(popup, 'Customer email', 'grace@example.com');
  await fill(popup, 'Customer name', 'Somebody else');
  await press(popup, 'Undo');
  await waitForField(popup, 'Customer email', '');
  expect(await fieldText(popup, 'Customer name')).toBe('Somebody else');
  expect((await readDraft(popup)).properties).toEqual([]);
  await closePopup(popup);
  const again = await rig.openPopup(page);
  await waitForField(again, 'Customer name', 'Somebody else');
  expect(await fieldText(again, 'Customer email')).toBe('');
  expect(await notesOf(again)).toEqual([]);
});

test('an untouched ticket follows the page; one that holds something is not filled from a second one', async () => {
  const { rig } = await start();
  const [first, second] = [await openOrder(rig), await openOrder(rig, 'B-1')];
  await closePopup(await opened(rig, first, 'A-42'));
  const popup = await opened(rig, second, 'B-1');
  await fill(popup, 'Description', 'It stops.');
  await closePopup(popup);
  await closePopup(await opened(rig, first, 'B-1'));
});

test('evidence that is captured on the page brings what the recipe reads into the empty fields', async () => {
  const { rig } = await start();
  const elsewhere = await rig.openPopup(await rig.openPage());
  await fill(elsewhere, 'Description', 'It stops.');
  await fill(elsewhere, 'Customer name', 'Ada');
  await closePopup(elsewhere);
  const popup = await rig.openPopup(await openOrder(rig));
  await waitForField(popup, 'Description', 'It stops.');
  expect(await fieldText(popup, 'Customer email')).toBe('');
  await addVisibleArea(popup);
  await waitForField(popup, 'Customer email', 'grace@example.com');
  expect(await fieldText(popup, 'Customer name')).toBe('Ada');
});

test('on other sites nothing is put into the page, and nothing is filled', async () => {
  const { rig } = await start();
  const page = await openOrder(rig);
  const otherSite = await startSampleSite(pages);
  onTestFinished(() => otherSite.close());
  const elsewhere = await rig.openPage(`${otherSite.url}/orders/A-42`);
  const popup = await rig.openPopup(elsewhere);
  await popup.waitForSelector(ariaSelector('textbox', 'Description'));
  expect(await fieldText(popup, 'Customer email')).toBe('');
  expect(await hasReader(rig, otherSite.url)).toBe(false);
  await closePopup(popup);
  await closePopup(await opened(rig, page, 'A-42'));
  // The same look finds the reader where it was put.
  expect(await hasReader(rig, rig.sampleSite.url)).toBe(true);
});

test('private data in what was read is asked about before it leaves', async () => {
  const { rig } = await start([{ property: 'note', pattern: '#note' }]);
  const popup = await rig.openPopup(await openOrder(rig));
  await fill(popup, 'Description', 'It stops.');
  await waitUntilArmed(popup);
  await press(popup, 'Send ticket');
  await popup.waitForSelector(ariaSelector('button', 'Mask all and send'));
  await press(popup, 'Mask all and send');
  await expect.poll(() => rig.assembly.record.tickets.length).toBe(1);
  expect(rig.assembly.record.tickets[0]?.additionalProperties).toMatchObject({ note: 'ask [email]' });
});

test('a hostile page can neither stand in for what is read nor make it endless', async () => {
  const { rig } = await start([
    { property: 'form_text', pattern: '#form' },
    { property: 'form_id', pattern: '#form', attribute: 'id' },
    { property: 'long', pattern: '#long' },
  ]);
  const popup = await rig.openPopup(await rig.openPage(`${rig.sampleSite.url}/hostile`));
  await popup.waitForSelector(ariaSelector('textbox', 'Description'));
  await expect.poll(async () => (await readDraft(popup)).properties.length).toBe(3);
  expect(await notesOf(popup)).toEqual(['From this page by “Shop admin”: form_text, form_id, long.']);
  const [text, id, long] = (await readDraft(popup)).properties;
  expect([text?.value, id?.value]).toEqual(['A true text', 'form']);
  expect(long?.value).toMatch(/^(?:long ){190,}long$/);
  expect(long?.value.length).toBeLessThanOrEqual(1_000);
});

test('of a page of the API nothing is read, though no gesture is needed to see it', async () => {
  const { rig, recipe } = await start();
  const page = await rig.openPage();
  await page.goto('https://api.wavelength.cx/');
  const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
  const [tabs, tried] = await settings.evaluate(async wanted => {
    const open = await chrome.tabs.query({ url: 'https://api.wavelength.cx/*' });
    const input = { tabId: open[0]?.id ?? -1, recipe: wanted };
    return [open.length, await chrome.runtime.sendMessage({ name: 'recipes.try', input })] as const;
  }, recipe);
  expect(tabs).toBe(1);
  expect(tried).toEqual({ ok: false, failure: { kind: 'no-page' } });
});

test('rules are tried in the settings on a page of a gesture, as they are typed', async () => {
  const { rig } = await start([{ fills: 'customer_email', pattern: '.customer' }]);
  const page = await openOrder(rig);
  const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
  await press(settings, 'Edit: Shop admin');
  await expect.poll(() => innerText(settings)).toContain('To try it: open a page of the site');

  await closePopup(await rig.openPopup(page));
  await settings.bringToFront();
  await expect.poll(() => innerText(settings)).toContain('Finds nothing on this page.');
  await fill(settings, 'Attribute', 'href');
  await fill(settings, 'CSS selector', '.customer a');
  await expect.poll(() => innerText(settings)).toContain('Finds: grace@example.com');
  await fill(settings, 'CSS selector', '.customer a[');
  await expect.poll(() => innerText(settings)).toContain('The browser cannot read this selector.');
  expect(await innerText(settings)).not.toContain('Finds:');
  expect(await axeViolations(settings)).toEqual([]);
});

test('what is exported comes in elsewhere as it was, and a hostile file not at all', async () => {
  const { rig, recipe } = await start();
  const template = {
    id: 't',
    name: 'Bug',
    sites: ['a.example'],
    title: 'T',
    body: '{{selection}}',
    category: '',
  };
  const shared = { templates: [template], recipes: [{ ...recipe, rules: recipe.rules.slice(0, 5) }] };
  await storeSettings(rig, { ...shared, agentName: 'Ana Agent' });
  const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
  await settings.waitForSelector(ariaSelector('button', 'Edit: Shop admin'));
  const exported = await exportedText(settings);
  expect(Object.keys(JSON.parse(exported))).toEqual(['format', 'version', 'templates', 'recipes']);
  expect(exported).not.toMatch(/Ana Agent|test-key|"id"/);

  await storeSettings(rig, {});
  await settings.reload();
  await expect.poll(() => innerText(settings)).toContain('No recipe yet.');
  const hostile = exported.replace('"recipes": [', '"__proto__": {"polluted": true}, "recipes": [');
  await importText(settings, hostile);
  await waitForStatus(settings, 'The file holds something that does not belong there. Nothing was added.');
  await importText(settings, exported.replace('"/orders/:number"', '"/(a+)+/:number"'));
  await waitForStatus(settings, /^The rule at recipes\[0\]\.rules\[3\]\.pattern cannot be used/);
  expect(await innerText(settings)).toContain('No recipe yet.');
  expect(await settings.evaluate(() => 'polluted' in {})).toBe(false);

  await importText(settings, exported);
  await expect.poll(() => innerText(settings)).toContain('2 added.');
  await importText(settings, exported);
  await expect.poll(() => innerText(settings)).toContain('0 added. 2 were there already.');
  expect(await exportedText(settings)).toBe(exported);
  expect(await axeViolations(settings)).toEqual([]);
});

/** The popup over a page, once the order number of a ticket is in its draft. */
async function opened(rig: Rig, page: Page, number: string): Promise<Page> {
  const popup = await rig.openPopup(page);
  await waitForField(popup, 'Customer email', 'grace@example.com');
  const orderNumber = async () =>
    (await readDraft(popup)).properties.find(({ name }) => name === 'order_number')?.value;
  await expect.poll(orderNumber).toBe(number);
  return popup;
}

/** Whether the isolated world of the page of that site has the reader of recipes. */
async function hasReader(rig: Rig, siteUrl: string): Promise<boolean> {
  const worker = await extensionWorker(rig.browser, rig.extension);
  return worker.evaluate(async wanted => {
    const tabs = await chrome.tabs.query({});
    const tab = tabs.find(({ url }) => url?.startsWith(wanted));
    const [found] = await chrome.scripting.executeScript({
      target: { tabId: tab?.id ?? -1 },
      func: () => globalThis.captureForAssembly?.readFields !== undefined,
    });
    return found?.result ?? false;
  }, siteUrl);
}

function innerText(page: Page): Promise<string> {
  return page.evaluate(() => document.body.innerText);
}

/** What the export gives the person as a file. */
async function exportedText(settings: Page): Promise<string> {
  await settings.evaluate(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = blob => {
      if (blob instanceof Blob) void blob.text().then(text => Object.assign(globalThis, { exported: text }));
      return make(blob);
    };
  });
  await press(settings, 'Export to a file');
  const read = () => settings.evaluate(() => (globalThis as { exported?: string }).exported ?? '');
  await expect.poll(read).not.toBe('');
  return read();
}

async function importText(settings: Page, text: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'capture-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'shared.json');
  await writeFile(path, text);
  const picker = await settings.waitForSelector('input[type=file]');
  await (picker as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path);
}

async function axeViolations(page: Page): Promise<unknown> {
  await byRole(page, 'heading', 'Site recipes').wait();
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
