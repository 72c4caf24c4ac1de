import { readFile, writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'puppeteer-core';

/** What Linux knows of the process that a page and its workers run in. */
export interface ProcessFacts {
  /** Time on a processor so far, in ms. Other programs do not add to it, as they do to a clock's time. */
  cpuMs(): Promise<number>;
  /** Starts the peak anew, and answers what is in memory now, in bytes. */
  resetPeak(): Promise<number>;
  /** The most that was in memory since, in bytes. */
  peakBytes(): Promise<number>;
}

const ticksPerSecond = 100;

/** Null where there is no /proc. The page is kept busy for a moment: that tells its process from the others. */
export async function processOf(browser: Browser, page: Page): Promise<ProcessFacts | null> {
  if (process.platform !== 'linux') return null;
  const client = await browser.target().createCDPSession();
  const times = async () => {
    const { processInfo } = await client.send('SystemInfo.getProcessInfo');
    return new Map(
      processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]),
    );
  };
  const before = await times();
  await page.evaluate(() => {
    const end = performance.now() + 400;
    while (performance.now() < end);
  });
  const rises = [...(await times())].map(([id, time]) => ({ id, rise: time - (before.get(id) ?? time) }));
  await client.detach();
  const folder = `/proc/${rises.reduce((most, other) => (other.rise > most.rise ? other : most)).id}`;
  const field = async (name: string) => {
    const status = await readFile(`${folder}/status`, 'utf8');
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024;
  };
  return {
    async cpuMs() {
      const stat = await readFile(`${folder}/stat`, 'utf8');
      // The name, in brackets, may hold spaces; times in user and kernel mode are the 14th and 15th field.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
    },
    async resetPeak() {
      await writeFile(`${folder}/clear_refs`, '5');
      return field('VmRSS');
    },
    peakBytes: () => field('VmHWM'),
  };
}
