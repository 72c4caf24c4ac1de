import { createHash, X509Certificate } from 'node:crypto';
import { type Browser, type Extension, launch } from 'puppeteer-core';
import { firstLine, Trouble } from '../trouble.ts';

export interface LaunchOptions {
  readonly executablePath: string;
  /** The folder of the built extension. */
  readonly extensionPath: string;
  /** The local Assembly that stands in for the API's host. */
  readonly assembly: { readonly apiPort: number; readonly certificatePem: string };
  /** A folder of this run's own. What the extension stores is kept there, so a second launch on it is a browser restart. */
  readonly profilePath: string;
  readonly headless: boolean;
  /** An X display such as `:99`, for a window on another one than `DISPLAY` names. */
  readonly display?: string;
  /** Whether pages may reach hosts other than this machine. */
  readonly network?: boolean;
  /** Width and height of the window in pixels. */
  readonly windowSize?: readonly [number, number];
  /** Device px for a CSS px at 100 %; that of the screen when it is left out. */
  readonly deviceScale?: number;
  /** Whether a headless browser shows scroll bars, as one with a window does. */
  readonly scrollBars?: boolean;
}

export interface Session {
  readonly browser: Browser;
  readonly extension: Extension;
}

/** Starts Chromium with the extension loaded and `https://api.wavelength.cx` led to the local Assembly. */
export async function launchChromium(options: LaunchOptions): Promise<Session> {
  const browser = await startBrowser(options);
  try {
    // Given to `launch`, a path is loaded too, but not waited for. Either way it counts as newly installed at every start: `onStartup` never
    // fires, `onInstalled` does.
    const id = await browser.installExtension(options.extensionPath);
    const extension = (await browser.extensions()).get(id);
    if (!extension) throw new Error(`Chromium has not loaded ${options.extensionPath}.`);
    return { browser, extension };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** A headless browser's own screen, of 800 x 600 px, leaves a popup no room for its 600 px below the toolbar. */
const screenArgument = '--screen-info={1600x1200}';

/**
 * Starts it with its sandbox if it can. As root it never can; elsewhere it cannot where the system gives it no user namespaces (some containers
 * and distributions). A browser that reaches nothing but this machine may then go without.
 */
async function startBrowser(options: LaunchOptions): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  try {
    return await start(options, !isRoot);
  } catch (error) {
    if (!isRoot && !options.network) {
      const browser = await start(options, false).catch(() => undefined);
      if (browser) return browser;
    }
    throw new Trouble(
      `${options.executablePath} does not start (${firstLine(error)}): start it by hand to see why (on Debian its sandbox may be ` +
        'missing: sudo apt-get install chromium-sandbox), or set CHROMIUM_PATH to another Chromium.',
    );
  }
}

function start(options: LaunchOptions, sandbox: boolean): Promise<Browser> {
  const { executablePath, profilePath, headless, display } = options;
  return launch({
    executablePath,
    headless,
    userDataDir: profilePath,
    // Extensions are loaded over the pipe: the command line's --load-extension is on its way out.
    pipe: true,
    enableExtensions: true,
    // An emulated size would be another one than what `captureVisibleTab` sees.
    defaultViewport: null,
    ...(options.scrollBars ? { ignoreDefaultArgs: ['--hide-scrollbars'] } : {}),
    args: [
      ...browserArguments(options),
      ...(headless ? [screenArgument] : []),
      ...(sandbox ? [] : ['--no-sandbox']),
    ],
    // Whoever starts the browser closes it; puppeteer's own handlers would end the process before it has cleaned up.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...(display === undefined ? {} : { env: { ...process.env, DISPLAY: display } }),
  });
}

/** What every start of the browser has in common, with a debugger or without. */
export function browserArguments({
  assembly,
  network = false,
  windowSize = [1280, 900],
  deviceScale,
}: Pick<LaunchOptions, 'assembly' | 'network' | 'windowSize' | 'deviceScale'>): string[] {
  const rules = [`MAP api.wavelength.cx:443 127.0.0.1:${assembly.apiPort}`];
  if (!network) rules.push('MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1');
  return [
    `--host-resolver-rules=${rules.join(', ')}`,
    // Trusts this one certificate and no other, unlike --ignore-certificate-errors: the person may go to real sites with this browser.
    `--ignore-certificate-errors-spki-list=${publicKeyHash(assembly.certificatePem)}`,
    `--window-size=${windowSize.join(',')}`,
    ...(deviceScale === undefined ? [] : [`--force-device-scale-factor=${deviceScale}`]),
    '--disable-gpu',
    '--disable-quic',
    '--disable-component-update',
    '--no-default-browser-check',
  ];
}

function publicKeyHash(certificatePem: string): string {
  const publicKey = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(publicKey).digest('base64');
}
