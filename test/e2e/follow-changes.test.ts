import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { historyJob, placeJobs } from '../../tools/bench/place-history.ts';
import { byRole } from '../../tools/chromium/by-role.ts';
import { activityPath, openExtensionPage } from '../../tools/chromium/extension.ts';
import { report, violations } from '../support/axe-violations.ts';
import { ask, fileTicket } from '../support/file-by-message.ts';
import { fieldText, waitForText } from '../support/popup-actions.ts';
import { offeredTickets, startOnReply, startReply, waitForUnderstood } from '../support/reply-actions.ts';
import { startRig } from '../support/rig.ts';

// Lists that are open tell what changes meanwhile, and nothing in them moves.

interface Seen {
  name: string;
  top: number;
}

/** The first item that is wholly in the window, and where it is. */
function firstInView(page: Page): Promise<Seen> {
  return page.$$eval('.job', items => {
    const item = items.find(each => each.getBoundingClientRect().top > 250);
    const name = item?.querySelector('p')?.textContent?.trim() ?? '';
    return { name, top: item?.getBoundingClientRect().top ?? 0 };
  });
}

test('an old item that is discarded on another page goes from Activity, and what is in the window stays', async () => {
  const rig = await startRig();
  const [page, other] = [
    await openExtensionPage(rig.browser, rig.extension, activityPath),
    await openExtensionPage(rig.browser, rig.extension, activityPath),
  ];
  await page.bringToFront();
  await ask(page, 'outbox.list', {});
  const now = Date.now();
  const jobs = Array.from({ length: 700 }, (_, n) => historyJob(n, 700, now));
  await placeJobs(page, jobs);
  await page.reload();
  await waitForText(page, '700 items');
  await page.evaluate(() => scrollTo(0, 40_000));
  await expect.poll(async () => (await firstInView(page)).name).toMatch(/^ASM-1[23]\d\d /);
  // What is drawn is measured a moment later, and moves until it is.
  let before = await firstInView(page);
  await expect
    .poll(
      async () => {
        const last = before;
        before = await firstInView(page);
        return before.name === last.name && before.top === last.top;
      },
      { interval: 300 },
    )
    .toBe(true);

  // Far above the window, and older than what is read anew at each change.
  const discarded = jobs[600]?.id ?? '';
  await ask(other, 'job.discard', { jobId: discarded });
  await waitForText(page, '699 items');
  expect((await firstInView(page)).name).toBe(before.name);
  expect(Math.abs((await firstInView(page)).top - before.top)).toBeLessThanOrEqual(1);
  await ask(other, 'job.undoDiscard', { jobId: discarded });
  await waitForText(page, '700 items');
  expect((await firstInView(page)).name).toBe(before.name);
  expect(Math.abs((await firstInView(page)).top - before.top)).toBeLessThanOrEqual(1);
});

test('in the open list of tickets a number comes, one is discarded, and nothing moves', async () => {
  const { rig, popup } = await startOnReply();
  const { faults } = rig.assembly;
  for (let count = 1; count <= 20; count += 1) await fileTicket(popup, `Ticket ${count}`);
  const sentOnes = async () =>
    (await ask(popup, 'outbox.list', {})).jobs.filter(({ state }) => state.name === 'sent').length;
  await expect.poll(sentOnes, { timeout: 30_000 }).toBe(20);
  faults.always({ kind: 'drop', match: 'any', commit: false });
  const late = await fileTicket(popup, 'Its number comes late');
  await startReply(popup);
  await byRole(popup, 'combobox', 'Ticket').click();
  await expect.poll(async () => (await offeredTickets(popup))[0]).toBe('Its number comes late');
  // To the ninth, so that the list has to be scrolled.
  for (let step = 0; step < 9; step += 1) await popup.keyboard.press('ArrowDown');
  const before = await listState(popup);
  expect(before.active).toMatch(/^ASM-\d+ Ticket \d+$/);

  const gone = (await ask(popup, 'outbox.list', {})).jobs.find(({ title }) =>
    before.active.endsWith(` ${title}`),
  );
  await ask(popup, 'job.discard', { jobId: gone?.id ?? '' });
  await popup.waitForSelector('[role="option"][aria-disabled="true"]');
  faults.clear();
  await ask(popup, 'job.sendNow', { jobId: late.id });
  await expect
    .poll(async () => (await offeredTickets(popup))[0], { timeout: 20_000 })
    .toMatch(/^ASM-\d+ Its number comes late$/);
  expect(await listState(popup)).toEqual(before);
  report(await violations(popup, 'a list with a discarded ticket'));
  // It cannot be chosen any more.
  await popup.keyboard.press('Enter');
  expect(await fieldText(popup, 'Ticket', 'combobox')).toBe('');
  await popup.keyboard.press('ArrowDown');
  await popup.keyboard.press('Enter');
  await waitForUnderstood(popup, /^Replies to ASM-\d+ “Ticket \d+”/);
});

function listState(popup: Page) {
  return popup.evaluate(() => {
    const list = document.querySelector('[role="listbox"]');
    const active = list?.querySelector('[aria-selected="true"]');
    const label = active?.querySelector('.combobox-label')?.textContent ?? '';
    // Below its field: what stands above that may change too.
    const field = document.querySelector('[role="combobox"]')?.getBoundingClientRect().bottom ?? 0;
    const top = (active?.getBoundingClientRect().top ?? 0) - field;
    return { active: label, top, scrollTop: list?.scrollTop ?? 0 };
  });
}
