import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Extension } from 'puppeteer-core';
import { demoApiKey } from '../assembly/settings.ts';
import { type Assembly, startAssembly } from '../assembly/start-assembly.ts';
import { distPath } from '../build.ts';
import { fillAgent, openExtensionPage, saveKey, settingsPath } from '../chromium/extension.ts';
import { launchChromium } from '../chromium/launch.ts';
import { pinToToolbar } from '../chromium/pin-to-toolbar.ts';
import { type SampleSite, startSampleSite } from '../sample-site/start-sample-site.ts';

/** All that is needed to try the extension out: a local Assembly, a page to capture from, and a Chromium with the extension set up. */
export interface Demo {
  readonly assembly: Assembly;
  readonly sampleSite: SampleSite;
  readonly browser: Browser;
  readonly extension: Extension;
  /** Ends all of it and deletes the profile. */
  close(): Promise<void>;
}

const agent = { name: 'Sam Rivera', email: 'sam@example.com' };

/** Starts a demo of the built extension: with a window, or headless and shut off from all but this machine. */
export async function openDemo(executablePath: string, headless: boolean): Promise<Demo> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne().catch(() => undefined);
  };
  try {
    console.log('Starting the local Assembly and a sample page …');
    const assembly = await startAssembly();
    closers.push(() => assembly.close());
    const sampleSite = await startSampleSite();
    closers.push(() => sampleSite.close());
    const profilePath = await mkdtemp(join(tmpdir(), 'capture-profile-'));
    closers.push(() => rm(profilePath, { recursive: true, force: true, maxRetries: 5 }));
    await pinToToolbar(profilePath, distPath);

    console.log('Starting Chromium with the extension …');
    const { browser, extension } = await launchChromium({
      executablePath,
      extensionPath: distPath,
      assembly,
      profilePath,
      headless,
      network: !headless,
    });
    closers.push(() => browser.close());
    await setUp(browser, extension);
    return { assembly, sampleSite, browser, extension, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Does in the settings what a new user does there. */
async function setUp(browser: Browser, extension: Extension): Promise<void> {
  console.log(`Setting the extension up: a demo key, and ${agent.name} as the agent …`);
  const settings = await openExtensionPage(browser, extension, settingsPath);
  await saveKey(settings, demoApiKey);
  await fillAgent(settings, agent);
  await settings.close();
}
