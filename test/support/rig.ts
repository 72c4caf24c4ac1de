import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Extension, Page } from 'puppeteer-core';
import { expect, inject, onTestFinished, type TestContext } from 'vitest';
import { type Assembly, type AssemblyOptions, startAssembly } from '../../tools/assembly/start-assembly.ts';
import { distPath } from '../../tools/build.ts';
import { type Display, startDisplay } from '../../tools/chromium/display.ts';
import { extensionWorker, openPopup } from '../../tools/chromium/extension.ts';
import { type LaunchOptions, launchChromium } from '../../tools/chromium/launch.ts';
import { setPageZoom } from '../../tools/chromium/page-zoom.ts';
import {
  type ExtraPage,
  type SampleSite,
  startSampleSite,
} from '../../tools/sample-site/start-sample-site.ts';
import { accountedFor, readOutboxAccount } from './outbox-account.ts';
import { watchForProblems } from './watch-for-problems.ts';

export interface RigOptions {
  readonly assembly?: AssemblyOptions;
  /** Pages of the test's own on the sample site, by path. */
  readonly pages?: Readonly<Record<string, ExtraPage>>;
  /** The page zoom that the browser is set to for every page and popup; 2 is 200 %. */
  readonly pageZoom?: number;
  /** How the browser is started, where it matters. */
  readonly launch?: Pick<LaunchOptions, 'windowSize' | 'deviceScale' | 'scrollBars'>;
}

/** The shipped extension in a real Chromium with a fresh profile, beside a local Assembly and a page to capture from. */
export interface Rig {
  readonly assembly: Assembly;
  readonly sampleSite: SampleSite;
  /** These two are others after `restart`. */
  readonly browser: Browser;
  readonly extension: Extension;
  /** Opens the sample page, or another address, in a new tab. */
  openPage(url?: string): Promise<Page>;
  /** Clicks the toolbar button over a page, and resolves to the popup. */
  openPopup(page: Page): Promise<Page>;
  /** Ends the browser and starts it again on the same profile: what the extension has stored is still there. */
  restart(): Promise<void>;
  /** What has gone wrong in the extension's pages and worker so far. */
  readonly problems: readonly string[];
  /** Tells that problems whose text matches are part of this test. Any other fails it. */
  expectProblem(pattern: RegExp): void;
}

/** A rig whose browser has a window, on a screen that takes keys and clicks. */
export interface DisplayRig extends Rig {
  readonly display: Display;
}

/**
 * Starts a headless rig for the running test, and ends it after the test. Problems in the extension's pages or worker then fail the test, and
 * so does a request that a careful client never sends, and anything that came into the outbox and is not accounted for.
 */
export function startRig(options: RigOptions = {}): Promise<Rig> {
  return start(options);
}

/** The same with a window under Xvfb. Skips the test, with the reason, where there is no Xvfb or xdotool. */
export async function startDisplayRig(context: TestContext, options: RigOptions = {}): Promise<DisplayRig> {
  const reason = inject('displayMissing');
  if (reason) context.skip(reason);
  const display = await startDisplay();
  onTestFinished(() => display.close());
  const rig = await start(options, display);
  await menuIsMade(rig);
  return Object.assign(rig, { display });
}

/** The menu is made right after the installation, its last entry last; one that is not there yet cannot be changed. */
async function menuIsMade(rig: Rig): Promise<void> {
  const worker = await extensionWorker(rig.browser, rig.extension);
  await expect
    .poll(() =>
      worker.evaluate(() =>
        chrome.contextMenus.update('capture-full-page', {}).then(
          () => true,
          () => false,
        ),
      ),
    )
    .toBe(true);
}

async function start(
  { assembly: assemblyOptions, pages, pageZoom, launch: launchOptions }: RigOptions,
  display?: Display,
): Promise<Rig> {
  const assembly = await startAssembly(assemblyOptions);
  onTestFinished(() => assembly.close());
  onTestFinished(() => expect(assembly.record.violations()).toEqual([]));
  const sampleSite = await startSampleSite(pages);
  onTestFinished(() => sampleSite.close());
  const profilePath = await mkdtemp(join(tmpdir(), 'capture-e2e-'));
  onTestFinished(() => rm(profilePath, { recursive: true, force: true, maxRetries: 5 }));
  if (pageZoom !== undefined) await setPageZoom(profilePath, pageZoom);

  const problems: string[] = [];
  const expected: RegExp[] = [];
  const launch = async () => {
    const session = await launchChromium({
      ...launchOptions,
      executablePath: inject('executablePath'),
      extensionPath: distPath,
      assembly,
      profilePath,
      headless: display === undefined,
      ...(display === undefined ? {} : { display: display.name }),
    });
    watchForProblems(session.browser, session.extension, problem => problems.push(problem));
    return session;
  };

  let running = await launch();
  onTestFinished(() => running.browser.close());
  onTestFinished(async () => {
    const account = await readOutboxAccount(running.browser, running.extension);
    if (account) expect(accountedFor(account), JSON.stringify(account)).toBe(account.enqueued);
  });
  onTestFinished(() => {
    const unexpected = problems.filter(problem => !expected.some(pattern => pattern.test(problem)));
    if (unexpected.length > 0) throw new Error(`The extension had problems:\n${unexpected.join('\n')}`);
  });
  return {
    assembly,
    sampleSite,
    get browser() {
      return running.browser;
    },
    get extension() {
      return running.extension;
    },
    async openPage(url = sampleSite.threadUrl) {
      const page = await running.browser.newPage();
      await page.goto(url);
      return page;
    },
    openPopup: page => openPopup(page, running.extension),
    async restart() {
      await running.browser.close();
      running = await launch();
    },
    problems,
    expectProblem: pattern => expected.push(pattern),
  };
}
