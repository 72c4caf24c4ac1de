import type { KeyInput, Page } from 'puppeteer-core';
import { activityPath, killWorker, openExtensionPage } from '../chromium/extension.ts';
import type { Demo } from '../demo/open-demo.ts';
import { Trouble } from '../trouble.ts';
import { historyJob, placeJobs } from './place-history.ts';
import { percentile, summary } from './summary.ts';

const historyCount = 10_000;
const rounds = 15;
const openGoalMs = 300;
const keyGoalMs = 50;

/** What a person looks for: each key of it is one measurement. */
const queries = ['printer empty', 'ASM-4321', 'nunez refund', 'orders/987'];

/**
 * The activity with a long history: from the navigation to the first items on the screen, and from a key in Search to
 * the next picture with what it found. Rejects when a goal is missed.
 */
export async function benchActivity({ browser, extension }: Demo): Promise<string[]> {
  const page = await openExtensionPage(browser, extension, activityPath);
  const now = Date.now();
  await placeJobs(
    page,
    Array.from({ length: historyCount }, (_, n) => historyJob(n, historyCount, now)),
  );
  await page.evaluateOnNewDocument(watchFirstItems);
  const opened: number[] = [];
  for (let round = 0; round < rounds; round += 1) opened.push(await openedMs(page));
  const woken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await killWorker(browser, extension);
    woken.push(await openedMs(page));
  }
  const first: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // The worker looks at every record in its first run of a session.
    await page.evaluate(() => chrome.storage.session.clear());
    await killWorker(browser, extension);
    first.push(await openedMs(page));
  }
  await page.evaluate(watchKeys);
  const keys: number[] = [];
  for (const query of queries) keys.push(...(await keysMs(page, query)));
  await page.close();

  const measured = [
    { name: 'opens', spansMs: opened, goalMs: openGoalMs },
    { name: 'opens, and wakes the worker', spansMs: woken, goalMs: null },
    { name: 'opens, first of a session', spansMs: first, goalMs: null },
    { name: 'a key in Search', spansMs: keys, goalMs: keyGoalMs },
  ].map(({ name, spansMs, goalMs }) => {
    const line = `${historyCount} items, ${name}: ${summary(spansMs)}`;
    if (goalMs === null) return { line, isMet: true };
    const isMet = percentile(spansMs, 0.95) <= goalMs;
    return { line: `${line} (goal: p95 ≤ ${goalMs} ms, ${isMet ? 'met' : 'not met'})`, isMet };
  });
  const lines = measured.map(({ line }) => line);
  if (measured.some(({ isMet }) => !isMet)) throw new Trouble(`${lines.join('\n')}\nA goal is not met.`);
  return lines;
}

/** From the start of the navigation to the first frame with items, by the page's own clock. */
async function openedMs(page: Page): Promise<number> {
  await page.reload();
  const drawn = await page.waitForFunction(() => Reflect.get(globalThis, 'itemsDrawnMs'));
  const spanMs: number = await drawn.jsonValue();
  // The rest of the history comes later; the next round must not wait for it.
  await page.waitForFunction(
    wanted => document.body.textContent.includes(wanted),
    { timeout: 60_000 },
    `${historyCount.toLocaleString('en')} items`,
  );
  return spanMs;
}

/** Runs in the page, before all of its scripts. */
function watchFirstItems(): void {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('.job')) return;
    observer.disconnect();
    // The frame after the next one begins when that one is on the screen.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => Reflect.set(globalThis, 'itemsDrawnMs', performance.now())),
    );
  });
  observer.observe(document, { subtree: true, childList: true });
}

/** Runs in the page: the time of each key from its event to the first task after the frame that follows it is painted. */
function watchKeys(): void {
  const spansMs: number[] = [];
  Reflect.set(globalThis, 'keySpansMs', spansMs);
  document.querySelector('input[type=search]')?.addEventListener(
    'input',
    () => {
      const startedAt = performance.now();
      const channel = new MessageChannel();
      channel.port1.onmessage = () => spansMs.push(performance.now() - startedAt);
      requestAnimationFrame(() => channel.port2.postMessage(null));
    },
    // Before the page's own.
    { capture: true },
  );
}

/** Types a query and takes it back, and answers the time of each key. */
async function keysMs(page: Page, query: string): Promise<number[]> {
  await page.focus('input[type=search]');
  const read = () => page.evaluate(() => Reflect.get(globalThis, 'keySpansMs') as number[]);
  const before = (await read()).length;
  for (const [pressed, key] of [...query, ...Array<string>(query.length).fill('Backspace')].entries()) {
    await page.keyboard.press(key as KeyInput);
    while ((await read()).length <= before + pressed) await new Promise(resolve => setTimeout(resolve, 5));
  }
  return (await read()).slice(before);
}
