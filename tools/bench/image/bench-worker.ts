import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import { bundleScript } from './bundle.ts';
import type { Outcome, Way } from './in-worker.ts';
import { type ProcessFacts, processOf } from './process-facts.ts';
import type { Similarity } from './similarity.ts';

/** The shipped modules in a dedicated worker of a blank page, alone in a process. */
export interface BenchWorker {
  take(png: Uint8Array): Promise<void>;
  run(way: Way, limitBytes: number): Promise<Outcome>;
  compare(): Promise<Similarity>;
  readonly facts: ProcessFacts | null;
  close(): Promise<void>;
}

declare global {
  var callWorker: (name: string, input: readonly unknown[]) => Promise<never>;
}

const answering = `
onmessage = async ({ data: [name, input] }) => {
  try { postMessage({ value: await benchImage[name](...input) }); } catch (error) { postMessage({ error: String(error) }); }
};`;

const calling = `
const worker = new Worker('/worker.js');
globalThis.callWorker = (name, input) => new Promise((resolve, reject) => {
  worker.onerror = event => reject(new Error(event.message));
  worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.value));
  worker.postMessage([name, input]);
});`;

export async function startBenchWorker(browser: Browser): Promise<BenchWorker> {
  const code = (await bundleScript('tools/bench/image/in-worker.ts', 'benchImage')) + answering;
  let png: Uint8Array = new Uint8Array();
  const server = createServer((request, response) => {
    const [type, body] =
      request.url === '/worker.js'
        ? ['text/javascript', code]
        : request.url === '/picture.png'
          ? ['image/png', png]
          : ['text/html', '<!doctype html><title>Bench</title>'];
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(body);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const address = server.address() as AddressInfo;
  const page: Page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.evaluate(calling);
  const call = (name: string, ...input: readonly unknown[]) =>
    page.evaluate((name, input) => globalThis.callWorker(name, input), name, input);
  const facts = await processOf(browser, page);
  return {
    facts,
    async take(bytes) {
      png = bytes;
      await call('take', '/picture.png');
    },
    run: (way, limitBytes) => call('run', way, limitBytes),
    compare: () => call('compare'),
    async close() {
      await page.close();
      server.close();
    },
  };
}
