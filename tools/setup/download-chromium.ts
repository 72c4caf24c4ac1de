import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  Browser,
  computeExecutablePath,
  detectBrowserPlatform,
  getInstalledBrowsers,
  install,
  resolveBuildId,
} from '@puppeteer/browsers';

/** Where Puppeteer keeps its browsers, so that a browser it has fetched for another project serves here too. */
const cacheDir = join(homedir(), '.cache', 'puppeteer');

/** Chrome for Testing from an earlier download, newest first. */
export async function findDownloadedChromium(): Promise<string[]> {
  const installed = await getInstalledBrowsers({ cacheDir });
  return installed
    .filter(({ browser }) => browser === Browser.CHROME)
    .sort((a, b) => b.buildId.localeCompare(a.buildId, 'en', { numeric: true }))
    .map(({ executablePath }) => executablePath);
}

/** Fetches the stable Chrome for Testing. Rejects when there is no network, or no build for this machine. */
export async function downloadChromium(): Promise<string> {
  const platform = detectBrowserPlatform();
  if (!platform) throw new Error(`there is no Chrome for Testing for ${process.platform} on ${process.arch}`);
  const buildId = await resolveBuildId(Browser.CHROME, platform, 'stable');
  await install({ browser: Browser.CHROME, buildId, cacheDir, platform });
  return computeExecutablePath({ browser: Browser.CHROME, buildId, cacheDir, platform });
}
