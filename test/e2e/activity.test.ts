import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ExportedJob } from '../../src/contract/views.ts';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { historyJob, placeJobs } from '../../tools/bench/place-history.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { activityPath, openExtensionPage } from '../../tools/chromium/extension.ts';
import { report, violations } from '../support/axe-violations.ts';
import { dumpEverything } from '../support/dump-everything.ts';
import { ask, fileTicket, stateNames } from '../support/file-by-message.ts';
import { expectFocus, focused, tabTo } from '../support/keyboard-focus.ts';
import {
  addVisibleArea,
  closePopup,
  connect,
  fieldText,
  fill,
  press,
  waitForText,
} from '../support/popup-actions.ts';
import { type Rig, startRig } from '../support/rig.ts';

const openActivity = (rig: Rig) => openExtensionPage(rig.browser, rig.extension, activityPath);

/** Opens the activity over a history of so many items. */
async function withHistory(rig: Rig, count: number): Promise<Page> {
  const page = await openActivity(rig);
  await byRole(page, 'heading', 'Activity').wait();
  // The database is there once the worker has answered.
  await ask(page, 'outbox.list', {});
  const now = Date.now();
  await placeJobs(
    page,
    Array.from({ length: count }, (_, n) => historyJob(n, count, now)),
  );
  await page.reload();
  await waitForText(page, `${count.toLocaleString('en')} items`);
  return page;
}

/** The items that are drawn, by the first line of each. */
function drawn(page: Page): Promise<string[]> {
  return page.$$eval('.job', items => items.map(item => item.querySelector('p')?.textContent?.trim() ?? ''));
}

/** The item that has the focus, or in which it is. */
function focusedItem(page: Page): Promise<string> {
  return page.evaluate(
    () => document.activeElement?.closest('.job')?.querySelector('p')?.textContent?.trim() ?? '',
  );
}

describe('10,000 items', () => {
  test('are searched, filtered, and drawn as the window needs them', async () => {
    const rig = await startRig();
    const page = await withHistory(rig, 10_000);
    expect((await drawn(page)).length).toBeLessThan(40);
    expect((await drawn(page))[0]).toMatch(/^ASM-10999 /);

    await page.focus(ariaSelector('searchbox', 'Search'));
    await page.keyboard.type('orders/1234 NUNEZ');
    await waitForText(page, '0 of 10,000 items');
    await byRole(page, 'button', 'Show all items').click();
    await waitForText(page, '10,000 items');
    await page.keyboard.type('asm-9999');
    await expect.poll(() => drawn(page)).toEqual(['ASM-9999 Delivery is too slow']);
    await byRole(page, 'radio', 'Waiting 0').click();
    await waitForText(page, 'No item matches.');
    await byRole(page, 'radio', 'Sent 10,000').click();
    await expect.poll(() => drawn(page)).toEqual(['ASM-9999 Delivery is too slow']);
  });

  test('all of it by keyboard, with the focus always in sight', async () => {
    const rig = await startRig();
    const page = await withHistory(rig, 10_000);
    await tabTo(page, 'Erase everything');
    await page.keyboard.press('Tab');
    expect(await focusedItem(page)).toMatch(/^ASM-10999 /);
    for (const [key, item] of [
      ['ArrowDown', /^ASM-10998 /],
      ['End', /^ASM-1000 /],
      ['ArrowUp', /^ASM-1001 /],
      ['PageUp', /^ASM-10(0[3-9]|1\d) /],
      ['Home', /^ASM-10999 /],
      ['PageDown', /^ASM-1099[0-7] /],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => focusedItem(page), { message: key }).toMatch(item);
      await expect.poll(async () => (await focused(page)).isVisible, { message: key }).toBe(true);
    }
    // On through the buttons of more items than are drawn at once.
    const passed = new Set<string>();
    for (let stop = 0; stop < 120; stop += 1) {
      await page.keyboard.press('Tab');
      passed.add(await focusedItem(page));
    }
    expect(passed.size).toBeGreaterThan(20);
    expect([...passed]).not.toContain('');
    await expectFocus(page, 'after many stops');
  });

  test('the focus stays with its item when the window is scrolled far away', async () => {
    const rig = await startRig();
    const page = await withHistory(rig, 2_000);
    await page.focus('.job button');
    const name = await focusedItem(page);
    await page.evaluate(() => scrollTo(0, 100_000));
    // It and its neighbour, and then those in the window.
    await expect.poll(async () => (await drawn(page))[2]).toMatch(/^ASM-2[0-2]/);
    expect(await focusedItem(page)).toBe(name);
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await focused(page)).isVisible).toBe(true);
    expect(await focusedItem(page)).toMatch(/^ASM-2998 /);
  });

  test('a day stays in sight, and its items pass under it', async () => {
    const rig = await startRig();
    const page = await withHistory(rig, 300);
    const isOnTop = () =>
      page.$$eval('.day', days => {
        const day = days.find(each => each.getBoundingClientRect().bottom > 0);
        const { left, right, top, bottom } = day?.getBoundingClientRect() ?? new DOMRect();
        const places = [left + 30, (left + right) / 2, right - 30];
        return places.map(x => document.elementFromPoint(x, (top + bottom) / 2) === day);
      });
    for (let step = 0; step < 6; step += 1) {
      await page.evaluate(() => scrollBy(0, 37));
      await expect.poll(isOnTop).toEqual([true, true, true]);
    }
  });

  test('what is in the window does not jump when what comes above it is measured', async () => {
    const rig = await startRig();
    const page = await withHistory(rig, 2_000);
    // In a narrow window items are as high as their words need, and none is as it was taken for.
    await page.setViewport({ width: 420, height: 700 });
    await page.evaluate(() => scrollTo(0, 120_000));
    await expect.poll(async () => (await drawn(page)).length).toBeGreaterThan(5);
    for (let step = 0; step < 12; step += 1) {
      const movedBy = await page.evaluate(async () => {
        const inWindow = (item: Element) => item.getBoundingClientRect().top > 150;
        const item = [...document.querySelectorAll('.job')].find(inWindow);
        const before = item?.getBoundingClientRect().top ?? 0;
        scrollBy(0, -260);
        for (let frame = 0; frame < 6; frame += 1) await new Promise(requestAnimationFrame);
        return (item?.getBoundingClientRect().top ?? 0) - before;
      });
      expect(Math.abs(movedBy - 260)).toBeLessThanOrEqual(1);
    }
  });
});

describe('discarding', () => {
  /** Three tickets that wait, since there is no key. */
  async function withThree(rig: Rig): Promise<Page> {
    const page = await openActivity(rig);
    for (const title of ['First', 'Second', 'Third']) await fileTicket(page, title);
    await expect.poll(() => stateNames(page)).toEqual(['paused', 'paused', 'paused']);
    await expect.poll(() => drawn(page)).toEqual(['Third', 'Second', 'First']);
    return page;
  }

  test('what is discarded is not sent; what is brought back is', async () => {
    const rig = await startRig();
    const page = await withThree(rig);
    await press(page, 'Discard: Second');
    await waitForStatus(page, 'Discarded: Second');
    expect(await focusedItem(page)).toBe('First');
    await press(page, 'Discard: Third');
    await waitForStatus(page, 'Discarded: Third');

    await connect(rig);
    const titles = () => rig.assembly.record.tickets.map(({ title }) => title).sort();
    await expect.poll(titles).toEqual(['First']);
    await expect.poll(() => stateNames(page)).toEqual(['sent']);
    await page.bringToFront();
    await press(page, 'Undo');
    await waitForStatus(page, 'Brought back: Third');
    await expect.poll(() => stateNames(page)).toEqual(['sent', 'sent']);
    expect(titles()).toEqual(['First', 'Third']);
  });

  test('by keyboard: the next item has the focus, and Ctrl+Z brings the item back with it', async () => {
    const rig = await startRig();
    const page = await withThree(rig);
    await tabTo(page, 'Discard: Third');
    await page.keyboard.press('Enter');
    await expect.poll(() => drawn(page)).toEqual(['Second', 'First']);
    await expect.poll(() => focusedItem(page)).toBe('Second');
    await expectFocus(page, 'after Discard');
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    await expect.poll(() => drawn(page)).toEqual(['Third', 'Second', 'First']);
    await expect.poll(() => focusedItem(page)).toBe('Third');
    expect(await stateNames(page)).toEqual(['paused', 'paused', 'paused']);
  });
});

describe('drafts', () => {
  test('Edit and Reply put the draft that is written under Drafts, and Open brings it back', async () => {
    const rig = await startRig();
    await connect(rig);
    const page = await openActivity(rig);
    await fileTicket(page, 'Was sent');
    await expect.poll(() => stateNames(page)).toEqual(['sent']);
    await writeDraft(page, 'Half a thought');

    await press(page, 'Reply: Was sent');
    await waitForStatus(page, /A reply is ready.*is under Drafts/);
    const { draft } = await ask(page, 'draft.read', { windowId: null });
    expect(draft).toMatchObject({ kind: 'reply', replyTarget: 'ASM-111', body: '' });

    await press(page, 'Open: Half a thought');
    await waitForStatus(page, /The draft is in the popup now/);
    const popup = await rig.openPopup(await rig.openPage('about:blank'));
    expect(await fieldText(popup, 'Description')).toBe('Half a thought');
    await closePopup(popup);
  });

  test('one that is discarded is gone once that was confirmed', async () => {
    const rig = await startRig();
    const page = await openActivity(rig);
    const { id } = await writeDraft(page, 'To be deleted');
    await ask(page, 'draft.startOver', { draftId: id });
    await press(page, 'Discard: To be deleted');
    await byRole(page, 'button', 'Discard').click();
    await waitForStatus(page, 'The draft is discarded.');
    expect(await ask(page, 'drafts.list', {})).toEqual([]);
    await expectFocus(page, 'after Discard');
  });

  async function writeDraft(page: Page, body: string) {
    const { draft } = await ask(page, 'draft.read', { windowId: null });
    const fresh = await ask(page, 'draft.startOver', { draftId: draft.id });
    return ask(page, 'draft.edit', { draftId: fresh.id, edits: { body }, baseBody: '' });
  }
});

describe('exports', () => {
  test('hold every item, and never the key', async () => {
    const canary = 'fake-canary-5d21aa-not-a-secret';
    const rig = await startRig({ assembly: { apiKeys: [canary] } });
    const page = await withHistory(rig, 1_200);
    await connect(rig, { key: canary });
    await page.bringToFront();
    await fileTicket(page, '=1+1 is what the customer typed, "verbatim"');
    await expect.poll(() => rig.assembly.record.tickets.length).toBe(1);
    await waitForText(page, '1,201 items');
    const files = await catchDownloads(page);

    await press(page, 'Export JSON');
    await waitForStatus(page, /^1,201 items saved as file: /);
    const json = await files.read('.json');
    const exported = JSON.parse(json) as { items: ExportedJob[]; extension_version: string };
    expect(exported.extension_version).toMatch(/^\d+\.\d+/);
    expect(new Set(exported.items.map(item => item.source_specific_id)).size).toBe(1_201);
    expect(exported.items[0]).toMatchObject({ kind: 'ticket', ticket_number: 'ASM-111', state: 'sent' });

    await press(page, 'Export CSV');
    await waitForStatus(page, /^1,201 items saved as file: .*\.csv/);
    const csv = await files.read('.csv');
    expect(csv.startsWith('\ufeffkind,source_specific_id,ticket_number,')).toBe(true);
    expect(csv.match(/\r\n/g)).toHaveLength(1_202);
    expect(csv).toContain(`"'=1+1 is what the customer typed, ""verbatim"""`);

    expect(await page.evaluate(() => chrome.storage.local.get())).toMatchObject({
      apiKey: { value: canary },
    });
    for (const text of [json, csv]) expect(text).not.toContain(canary);
  });

  async function catchDownloads(page: Page) {
    const folder = await mkdtemp(join(tmpdir(), 'capture-downloads-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const session = await page.browser().target().createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
    return {
      async read(ending: string): Promise<string> {
        const find = async () => (await readdir(folder)).find(name => name.endsWith(ending));
        await expect.poll(find).toBeTruthy();
        return readFile(join(folder, (await find()) ?? ''), 'utf8');
      },
    };
  }
});

const workerNotes = /^(storage\.session: sessionIsKnown|meta: (pace|sender|ageMark))$/;

test('Erase everything leaves nothing, and the page says so', async () => {
  const rig = await startRig();
  await connect(rig, { agent: { name: 'Sam Rivera', email: 'sam@example.com' } });
  const page = await withHistory(rig, 600);
  const popup = await rig.openPopup(await rig.openPage());
  await fill(popup, 'Description', 'A draft with a picture');
  await addVisibleArea(popup);
  await closePopup(popup);
  await page.bringToFront();
  await fileTicket(page, 'To be discarded');
  await press(page, 'Discard: To be discarded');
  await waitForStatus(page, 'Discarded: To be discarded');
  const before = await dumpEverything(page);
  // Each holds what it should, so that an empty one means something.
  for (const name of ['jobs', 'drafts', 'blobs', 'discarded', 'meta', 'storage.local']) {
    expect(before[name]?.length, name).toBeGreaterThan(0);
  }

  await press(page, 'Erase everything');
  await page.waitForSelector('dialog[open]');
  await (await page.$('dialog[open] .button-danger'))?.click();
  await waitForStatus(page, 'Everything is erased.');
  await waitForText(page, 'Nothing has been sent yet.');
  expect(await drawn(page)).toEqual([]);
  await expectFocus(page, 'after erasing');
  const after = await dumpEverything(page);
  expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
  const left = Object.entries(after).flatMap(([place, kept]) => kept.map(([key]) => `${place}: ${key}`));
  // Where the worker is with its work, which goes on: nothing of the person's.
  expect(left.filter(name => !workerNotes.test(name))).toEqual([]);
  for (const word of ['A draft with', 'To be discarded', 'Ada Lovelace', 'Sam Rivera', demoApiKey]) {
    expect(JSON.stringify(before)).toContain(word);
    expect(JSON.stringify(after)).not.toContain(word);
  }
});

test('a picture is shown small while its item waits, and only named once it was sent', async () => {
  const rig = await startRig();
  const popup = await rig.openPopup(await rig.openPage());
  await fill(popup, 'Description', 'With a picture');
  await addVisibleArea(popup);
  await closePopup(popup);
  const page = await openActivity(rig);
  const { draft } = await ask(page, 'draft.read', { windowId: null });
  await ask(page, 'draft.send', { draftId: draft.id });
  await page.waitForFunction(() => {
    const picture = document.querySelector<HTMLImageElement>('.job-picture img');
    return picture?.complete && picture.naturalWidth > 100 && picture.clientWidth < 100;
  });
  await connect(rig);
  await page.bringToFront();
  await waitForText(page, '(not kept)');
  expect(await page.$$('.job-picture')).toEqual([]);
});

test('axe finds nothing serious in a long list, an empty result, drafts and an undo', async () => {
  const rig = await startRig();
  const page = await withHistory(rig, 400);
  const { draft } = await ask(page, 'draft.read', { windowId: null });
  await ask(page, 'draft.edit', { draftId: draft.id, edits: { body: 'Aside' }, baseBody: '' });
  await ask(page, 'draft.startOver', { draftId: draft.id });
  await fileTicket(page, 'Without a key');
  await byRole(page, 'button', 'Send now: Without a key').wait();
  await byRole(page, 'heading', 'Drafts').wait();
  const found = await violations(page, 'a long list and a draft');
  await press(page, 'Discard: Without a key');
  await byRole(page, 'button', 'Undo').wait();
  found.push(...(await violations(page, 'an undo')));
  await page.evaluate(() => scrollTo(0, 20_000));
  await expect.poll(async () => (await drawn(page)).includes('Without a key')).toBe(false);
  found.push(...(await violations(page, 'scrolled')));
  await page.focus(ariaSelector('searchbox', 'Search'));
  await page.keyboard.type('nothing has these words');
  await waitForText(page, 'No item matches.');
  found.push(...(await violations(page, 'an empty result')));
  report(found);
});
