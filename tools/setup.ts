import { runCommand } from './run-command.ts';
import { canInstallPackages, installPackages, isDebian } from './setup/apt.ts';
import { downloadChromium, findDownloadedChromium } from './setup/download-chromium.ts';
import { findChromium, findProgram, whyUnusable } from './setup/find-chromium.ts';
import { firstLine, Trouble } from './trouble.ts';

export interface Chromium {
  readonly executablePath: string;
}

export type DisplayTools =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string };

/**
 * Finds a Chromium that can run the extension, or gets one: `CHROMIUM_PATH`, the usual places, an earlier download, Debian's package (as root
 * on Debian), a download. Rejects with a `Trouble` that says what to do.
 */
export async function ensureChromium(): Promise<Chromium> {
  const chosenPath = process.env['CHROMIUM_PATH'];
  const executablePath = chosenPath ? await checkChosen(chosenPath) : ((await findAny()) ?? (await getOne()));
  await ensureFonts();
  return { executablePath };
}

/** Finds or installs Xvfb and xdotool, which only the tests of shortcuts and menus need. Never rejects. */
export async function ensureDisplayTools(): Promise<DisplayTools> {
  if (process.platform !== 'linux')
    return { available: false, reason: 'Xvfb and xdotool exist only on Linux' };
  const missing = ['Xvfb', 'xdotool'].filter(name => !findProgram(name));
  if (missing.length === 0) return { available: true };
  if (!canInstallPackages()) {
    return {
      available: false,
      reason: `${missing.join(' and ')} missing: sudo apt-get install xvfb xdotool`,
    };
  }
  console.log('Installing Xvfb and xdotool (apt-get) …');
  const complaint = await installPackages(['xvfb', 'xdotool']);
  return complaint === undefined
    ? { available: true }
    : { available: false, reason: `xvfb and xdotool could not be installed (${complaint})` };
}

async function checkChosen(path: string): Promise<string> {
  const reason = await whyUnusable(path);
  if (reason === undefined) return path;
  throw new Trouble(
    `CHROMIUM_PATH names ${path}, which ${reason}: correct it, or unset it to have one found.`,
  );
}

async function findAny(): Promise<string | undefined> {
  const path = await findChromium();
  if (path) return path;
  for (const downloaded of await findDownloadedChromium()) {
    if ((await whyUnusable(downloaded)) === undefined) return downloaded;
  }
  return undefined;
}

async function getOne(): Promise<string> {
  const attempts: string[] = [];
  if (canInstallPackages() && (await isDebian())) {
    console.log('Installing Chromium (apt-get) …');
    const complaint = await installPackages(['chromium']);
    const path = await findChromium();
    if (path) return path;
    attempts.push(`apt-get: ${complaint ?? 'its chromium cannot run the extension'}`);
  }
  console.log('Fetching Chrome for Testing (about 170 MB) …');
  try {
    const path = await downloadChromium();
    const reason = await whyUnusable(path);
    if (reason === undefined) return path;
    attempts.push(`the downloaded one ${reason}`);
  } catch (error) {
    attempts.push(`download: ${firstLine(error)}`);
  }
  throw new Trouble(
    `No Chromium could be found or fetched (${attempts.join('; ')}): install one (on Debian: sudo apt-get install chromium), ` +
      'or set CHROMIUM_PATH to where it is, and run this again.',
  );
}

/** Without any font Chromium draws pages without text, and every picture would be empty. */
async function ensureFonts(): Promise<void> {
  if (process.platform !== 'linux') return;
  const { code, output } = await runCommand('fc-list', []);
  if (code === 0 && output.trim() !== '') return;
  if (canInstallPackages()) {
    console.log('Installing a font (apt-get) …');
    if ((await installPackages(['fonts-liberation'])) === undefined) return;
  }
  console.log('No font was found: pages may show no text. On Debian: sudo apt-get install fonts-liberation');
}
