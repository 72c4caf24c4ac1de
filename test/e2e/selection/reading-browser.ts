import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, launch, type Page, type WebWorker } from 'puppeteer-core';
import { build } from 'vite';
import { type PageSelection, parsePageSelection } from '../../../src/contract/page-selection.ts';
import { ensureChromium } from '../../../tools/setup.ts';

export interface ServedPage {
  html: string;
  headers?: Record<string, string>;
}

/** A Chromium in which the real reader is injected as the extension injects it: in an isolated world, by a worker. */
export interface ReadingBrowser {
  /** Serves the pages and opens the first. Addresses are `/0`, `/1` … in the order given. */
  open(...pages: ServedPage[]): Promise<Page>;
  /** Injects the reader, calls it, and parses what the worker got. Throws when the selection is refused. */
  read(page: Page): Promise<PageSelection>;
  /** The same with what was sent as it was sent, and the time from call to delivery. */
  readRaw(page: Page): Promise<{ message: unknown; durationMs: number; messageCount: number }>;
  close(): Promise<void>;
}

declare global {
  var readTab: (path: string) => Promise<{ message: unknown; durationMs: number; messageCount: number }>;
}

const worker = `
let messages = [];
chrome.runtime.onMessage.addListener(message => { messages.push(message); arrived?.(); });
let arrived;
globalThis.readTab = async path => {
  const tabs = await chrome.tabs.query({});
  const target = { tabId: tabs.find(tab => new URL(tab.url).pathname === path).id };
  messages = [];
  await chrome.scripting.executeScript({ target, files: ['reader.js'] });
  await chrome.scripting.executeScript({ target, files: ['reader.js'] });
  const message = new Promise(resolve => { arrived = resolve; });
  const start = performance.now();
  await chrome.scripting.executeScript({
    target,
    func: nonce => globalThis.captureForAssembly.readSelection(nonce),
    args: ['nonce-1'],
  });
  await message;
  const durationMs = performance.now() - start;
  return { message: messages[0], durationMs, messageCount: messages.length };
};`;

const manifest = {
  manifest_version: 3,
  name: 'Selection reader under test',
  version: '1',
  permissions: ['scripting', 'tabs'],
  host_permissions: ['http://127.0.0.1/*'],
  background: { service_worker: 'worker.js' },
};

export async function startReadingBrowser(): Promise<ReadingBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'selection-reader-'));
  const extensionPath = join(folder, 'extension');
  await mkdir(extensionPath);
  await writeFile(join(extensionPath, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(extensionPath, 'worker.js'), worker);
  await writeFile(join(extensionPath, 'reader.js'), await bundleReader());

  let served: ServedPage[] = [];
  const server = createServer((request, response) => {
    const page = served[Number(request.url?.slice(1))];
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.html);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const browser = await launch({
    executablePath: (await ensureChromium()).executablePath,
    userDataDir: join(folder, 'profile'),
    pipe: true,
    enableExtensions: true,
    args: ['--disable-gpu', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const id = await browser.installExtension(extensionPath);
  const background = await workerOf(browser, id);

  const readRaw = (page: Page) =>
    background.evaluate(path => globalThis.readTab(path), new URL(page.url()).pathname);
  let opened: Page | undefined;
  return {
    async open(...pages) {
      served = pages;
      await opened?.close();
      opened = await browser.newPage();
      await opened.goto(`${origin}/0`);
      return opened;
    },
    readRaw,
    async read(page) {
      const { message } = await readRaw(page);
      const { input } = message as { input: { selection: unknown } };
      const selection = parsePageSelection(input.selection);
      if (selection === null) throw new Error(`Refused: ${JSON.stringify(message).slice(0, 2_000)}`);
      return selection;
    },
    async close() {
      await browser.close();
      server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function workerOf(browser: Browser, id: string): Promise<WebWorker> {
  const target = await browser.waitForTarget(
    found => found.type() === 'service_worker' && found.url().startsWith(`chrome-extension://${id}/`),
  );
  const found = await target.worker();
  if (!found) throw new Error('The worker of the test extension ended at once.');
  return found;
}

/** The reader as the real build makes it: one plain script. */
export async function bundleReader(): Promise<string> {
  const built = await build({
    configFile: false,
    root: resolve(import.meta.dirname, '../../..'),
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome140',
      lib: { entry: 'src/content/read-selection.ts', formats: ['iife'], name: 'reader', fileName: 'reader' },
    },
  });
  const [result] = Array.isArray(built) ? built : [built];
  const chunk = result && 'output' in result ? result.output[0] : undefined;
  if (chunk === undefined) throw new Error('The reader was not built.');
  return chunk.code;
}
