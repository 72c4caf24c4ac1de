import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { Template } from '../../src/core/template/template.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import {
  clear,
  closePopup,
  connect,
  fieldText,
  fill,
  press,
  sendAndWait,
  typeAtEnd,
  waitForField,
} from '../support/popup-actions.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { storeSettings } from '../support/store-settings.ts';

const pages = {
  '/a': {
    body: '<!doctype html><title>Page A</title><p id="words">The export stops.</p><p id="more">Every night.</p>',
  },
  '/b': { body: '<!doctype html><title>Page B</title><p id="words">Another thing.</p>' },
};

function template(words: Partial<Template>): Template {
  return { id: 'bug', name: 'Bug', sites: [], title: '', body: '', category: '', ...words };
}

const bug = template({
  title: 'Bug on {{page.title}}',
  body: '## What happened\n\n{{selection}}\n\n## Where\n\n{{ page.url }}\n\nBy {{agent.name}}, {{unknown}}',
  category: 'Bug',
});

async function start(templates: (rig: Rig) => Template[]): Promise<Rig> {
  const rig = await startRig({ pages });
  await connect(rig);
  await storeSettings(rig, {
    agentName: 'Ana {{selection}}',
    categories: ['Bug'],
    templates: templates(rig),
  });
  return rig;
}

const select = (page: Page, id: string) =>
  page.evaluate(wanted => getSelection()?.selectAllChildren(document.getElementById(wanted) as Node), id);

const hintOf = async (popup: Page, hint: string) =>
  (await popup.evaluate(() => document.body.innerText)).includes(hint);

test('a template that is chosen takes what was captured into its place, arrives so, and can be taken back', async () => {
  const rig = await start(() => [bug]);
  const page = await rig.openPage(`${rig.sampleSite.url}/a`);
  await select(page, 'words');
  const popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', /The export stops/);
  const captured = await fieldText(popup, 'Description');
  await fill(popup, 'Template', 'bug', 'combobox');
  await waitForStatus(popup, 'Template “Bug” applied.');
  expect(await fieldText(popup, 'Title')).toBe('Bug on Page A');
  const text = `## What happened\n\n${captured.trim()}\n\n## Where\n\n${rig.sampleSite.url}/a\n\nBy Ana {{selection}}, {{unknown}}`;
  expect(await fieldText(popup, 'Description')).toBe(text);

  await fill(popup, 'Template', '', 'combobox');
  await waitForStatus(popup, /^Template taken back/);
  expect(await fieldText(popup, 'Title')).toBe('');
  expect(await fieldText(popup, 'Description')).toBe(captured);

  await fill(popup, 'Template', 'bug', 'combobox');
  await waitForField(popup, 'Title', 'Bug on Page A');
  await sendAndWait(popup, /ASM-\d+ created/);
  const [ticket] = rig.assembly.record.tickets;
  expect(ticket).toMatchObject({ title: 'Bug on Page A', additionalProperties: { category: 'Bug' } });
  expect(ticket?.query.replaceAll('\r\n', '\n')).toBe(text);
});

test('a template of the site comes by itself, goes on another site, and is taken into by a quote', async () => {
  const rig = await start(({ sampleSite }) => [
    template({ id: 'other', name: 'Other', body: 'Other' }),
    { ...bug, sites: [`${new URL(sampleSite.url).host}/a`] },
  ]);
  const pageB = await rig.openPage(`${rig.sampleSite.url}/b`);
  const pageA = await rig.openPage(`${rig.sampleSite.url}/a`);
  const popup = await rig.openPopup(pageA);
  await waitForField(popup, 'Title', 'Bug on Page A');
  expect(await hintOf(popup, 'Applied automatically on this site.')).toBe(true);
  await closePopup(popup);

  const other = await rig.openPopup(pageB);
  await waitForField(other, 'Title', '');
  expect(await fieldText(other, 'Description')).toBe('');
  await closePopup(other);

  await select(pageA, 'words');
  const again = await rig.openPopup(pageA);
  await waitForField(again, 'Description', /^## What happened\n\n> The export stops\.[\s\S]*?\n\n## Where/);
  await select(pageA, 'more');
  await press(again, 'Add selection');
  await waitForField(again, 'Description', /> The export stops\.[\s\S]*?> Every night\.[\s\S]*?\n\n## Where/);

  // What is typed ends that: the next quote goes below it.
  await typeAtEnd(again, 'Description', ' typed');
  await select(pageA, 'words');
  await press(again, 'Add selection');
  await waitForField(again, 'Description', /typed/);
});

test('no word that was typed is lost, whatever is chosen', async () => {
  const rig = await start(() => [
    bug,
    template({ id: 'short', name: 'Short', title: 'Short', body: 'Short text' }),
  ]);
  const page = await rig.openPage(`${rig.sampleSite.url}/b`);
  const popup = await rig.openPopup(page);
  await fill(popup, 'Title', 'My title');
  await fill(popup, 'Template', 'bug', 'combobox');
  await waitForField(popup, 'Description', /^## What happened/);
  expect(await fieldText(popup, 'Title')).toBe('My title');
  await typeAtEnd(popup, 'Description', '\nmy words');
  await fill(popup, 'Template', 'short', 'combobox');
  await waitForField(popup, 'Description', /^Short text\n\n## What happened[\s\S]*my words\n$/);
  await fill(popup, 'Template', '', 'combobox');
  await waitForField(popup, 'Description', /^## What happened[\s\S]*my words$/);
  expect(await fieldText(popup, 'Title')).toBe('My title');
});

test('a template comes into no reply, and none is offered there', async () => {
  const rig = await start(({ sampleSite }) => [{ ...bug, sites: [new URL(sampleSite.url).host] }]);
  const page = await rig.openPage(`${rig.sampleSite.url}/a`);
  const popup = await rig.openPopup(page);
  await waitForField(popup, 'Title', 'Bug on Page A');
  await byRole(popup, 'tab', 'Reply').click();
  await waitForField(popup, 'Message', '');
  expect(await popup.$(ariaSelector('combobox', 'Template'))).toBeNull();
});

test('the choice of none stays when the popup opens again on the site', async () => {
  const rig = await start(({ sampleSite }) => [{ ...bug, sites: [new URL(sampleSite.url).host] }]);
  const page = await rig.openPage(`${rig.sampleSite.url}/a`);
  const popup = await rig.openPopup(page);
  await waitForField(popup, 'Title', 'Bug on Page A');
  await fill(popup, 'Template', '', 'combobox');
  await waitForField(popup, 'Title', '');
  await closePopup(popup);
  const again = await rig.openPopup(page);
  await again.waitForSelector(ariaSelector('combobox', 'Template'));
  expect(await fieldText(again, 'Title')).toBe('');
  await clear(again, 'Description');
});
