import type { Browser, CDPSession, Extension, Protocol, Target } from 'puppeteer-core';
import { extensionUrl } from '../../tools/chromium/extension.ts';

/**
 * Reports what goes wrong in every page and worker of the extension from now on, one line each: console errors and warnings, uncaught
 * exceptions, violations of the content security policy. A page gets a session of its own: on a new one Chromium repeats what was logged
 * before, so that nothing is missed while a popup is opening.
 */
export function watchForProblems(
  browser: Browser,
  extension: Extension,
  report: (problem: string) => void,
): void {
  const watched = new WeakSet<Target>();
  const watch = async (target: Target) => {
    if (watched.has(target) || !target.url().startsWith(extensionUrl(extension, ''))) return;
    watched.add(target);
    await listen(await sessionFor(target), line => report(`${target.url()}: ${line}`));
  };
  // A popup or a worker may be gone before it is attached to.
  const watchSafely = (target: Target) => void watch(target).catch(() => undefined);
  browser.on('targetcreated', watchSafely);
  browser.on('targetchanged', watchSafely);
  browser.targets().forEach(watchSafely);
}

/** A worker has to be listened to on the session that puppeteer itself uses: a second one ends the first. */
async function sessionFor(target: Target): Promise<CDPSession> {
  const worker = target.type() === 'service_worker' ? await target.worker() : null;
  return worker ? worker.client : target.createCDPSession();
}

async function listen(session: CDPSession, report: (line: string) => void): Promise<void> {
  session.on('Runtime.consoleAPICalled', event => {
    if (event.type === 'error' || event.type === 'warning' || event.type === 'assert') {
      report(`console.${event.type}: ${event.args.map(textOf).join(' ')}`);
    }
  });
  session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    report(`uncaught: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
  });
  session.on('Log.entryAdded', ({ entry }) => {
    // A refused request is an answer the extension has to deal with, and tests ask for many.
    const isAnswer = entry.source === 'network' && entry.url?.startsWith('https://api.wavelength.cx/');
    if (entry.level === 'error' && !isAnswer) report(`${entry.source}: ${entry.text}`);
  });
  await Promise.all([session.send('Runtime.enable'), session.send('Log.enable')]);
}

function textOf(value: Protocol.Runtime.RemoteObject): string {
  return String(value.value ?? value.description ?? value.type);
}
