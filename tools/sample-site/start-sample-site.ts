import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** A page of a made-up community forum, the kind of page that tickets are filed from. */
export interface SampleSite {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** The thread with a customer's complaint. */
  readonly threadUrl: string;
  close(): Promise<void>;
}

/** A page of a test's own. Headers are added to the answer, for example a `content-security-policy`. */
export interface ExtraPage {
  readonly body: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const files: Readonly<Record<string, string>> = {
  '/': 'thread.html',
  '/thread.css': 'thread.css',
  '/export-failed.png': 'export-failed.png',
};
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.png': 'image/png',
};

/** Serves the sample page, and extra pages by path, over plain HTTP on a free port of this machine. */
export async function startSampleSite(
  extraPages: Readonly<Record<string, ExtraPage>> = {},
): Promise<SampleSite> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const page = extraPages[path] ?? (await filePage(path));
    if (!page) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
      return;
    }
    const contentType = page.contentType ?? 'text/html';
    response
      .writeHead(200, { 'content-type': `${contentType}; charset=utf-8`, ...page.headers })
      .end(page.body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    threadUrl: `${url}/`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function filePage(path: string) {
  const fileName = files[path];
  if (fileName === undefined) return undefined;
  const body = await readFile(join(import.meta.dirname, 'pages', fileName));
  return { body, contentType: types[extname(fileName)] ?? 'text/plain', headers: {} };
}
