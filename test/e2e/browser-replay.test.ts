import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultScript } from '../../tools/assembly/faults.ts';
import type { AssemblyRecord, SeenRequest } from '../../tools/assembly/record.ts';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { ariaSelector, waitForStatus } from '../../tools/chromium/by-role.ts';
import { openExtensionPage, openPopup, saveKey, settingsPath } from '../../tools/chromium/extension.ts';
import { type Forwarder, startForwarder } from '../support/forwarder.ts';
import { connect, fill, sendAndWait, waitForField } from '../support/popup-actions.ts';
import { startProfileRig } from '../support/profile-rig.ts';
import { startRig } from '../support/rig.ts';
import { textsOf } from '../support/sent-fields.ts';
import { listenToStatus } from '../support/status-words.ts';

const roundsEach = process.env['SOAK'] ? 10 : 3;

/** How the answer to a ticket that was created is lost on a connection that has carried another request before. */
const losses: Readonly<Record<string, FaultScript>> = {
  reset: { kind: 'drop', match: 'ticket', commit: true, how: 'reset' },
  FIN: { kind: 'drop', match: 'ticket', commit: true, how: 'fin' },
  408: { kind: 'answer', match: 'ticket', commit: true, status: 408, headers: { connection: 'close' } },
};

/** What the popup says when the answer to the second request is that of a ticket that is there already. */
const saysSent = {
  'same-answer': (number: number) => `ASM-${number} created.`,
  conflict: () => 'The ticket is created. Assembly did not give its number.',
};

describe('a ticket that the browser sends again by itself is created once, and shown as sent', () => {
  test.for([
    ['1.1', ['reset', 'FIN', '408']],
    ['2.0', ['reset', 'FIN']],
  ] as const)('over HTTP/%s', async ([version, names]) => {
    const rig = await startRig({ assembly: { http2: version === '2.0' } });
    const { record, faults, config } = rig.assembly;
    await connect(rig);
    const popup = await rig.openPopup(await rig.openPage());
    await popup.waitForSelector(ariaSelector('textbox', 'Description'));
    const said = await listenToStatus(popup);
    // Each ticket, the faulty ones too, leaves a connection that the next one finds warm.
    await sendTicket(popup, 'The first', 'ASM-111 created.');

    const rounds = (['same-answer', 'conflict'] as const).flatMap(ticketDedupe =>
      names.flatMap(name =>
        Array.from({ length: roundsEach }, (_, index) => ({ ticketDedupe, name, index })),
      ),
    );
    let replays = 0;
    for (const { ticketDedupe, name, index } of rounds) {
      const text = `${ticketDedupe}, ${name}, ${index}`;
      config.change({ ticketDedupe });
      const loss = losses[name];
      if (loss) faults.next(loss);
      const saidBefore = said.length;
      const words = saysSent[ticketDedupe](111 + record.tickets.length);
      await sendTicket(popup, text, words);
      // The last ticket may have ended with the same words.
      await expect.poll(() => said.slice(saidBefore).at(-1)).toBe(words);
      const posts = postsOf(record, text);
      expect(new Set(posts.map(({ bodySha256 }) => bodySha256)).size).toBe(1);
      expect(posts.map(({ httpVersion }) => httpVersion)).toEqual(posts.map(() => version));
      // The extension has asked once: had it lost the answer itself, it would have said that it waits.
      const hasWaited = said.slice(saidBefore).some(words => words.startsWith('Queued.'));
      const [first] = posts;
      if (first && first.connectionRequest > 1 && posts.length >= 2 && !hasWaited) replays += 1;
    }
    expect(replays).toBeGreaterThanOrEqual(0.9 * rounds.length);
    expect(record.tickets.map(({ query }) => query)).toEqual([
      'The first',
      ...rounds.map(({ ticketDedupe, name, index }) => `${ticketDedupe}, ${name}, ${index}`),
    ]);
  });
});

test('whatever somebody on the way answers in place of Assembly, the ticket waits and is created once', async () => {
  const rig = await startRig();
  await connect(rig);
  const { record, faults } = rig.assembly;
  const signIn = '<!doctype html><title>Sign in to the network</title>';
  const toSignIn = { location: 'https://api.wavelength.cx/sign-in' };
  const answers = {
    'a page that says it is JSON': { status: 200, headers: { 'content-type': 'application/json' } },
    'a redirect that forgets the body': { status: 302, headers: toSignIn },
    'a redirect that keeps the body': { status: 307, headers: toSignIn },
    'the status for portals': { status: 511, headers: { 'content-type': 'text/html' } },
  };
  const popup = await rig.openPopup(await rig.openPage());
  await popup.waitForSelector(ariaSelector('textbox', 'Description'));
  for (const [index, [text, answer]] of Object.entries(answers).entries()) {
    faults.next({ kind: 'answer', match: 'ticket', body: signIn, ...answer }, seen => queryOf(seen) === text);
    await fill(popup, 'Description', text);
    await sendAndWait(popup, /^Queued\./);
    await waitForStatus(popup, `ASM-${111 + index} created.`);
  }
  const texts = Object.keys(answers);
  expect(record.tickets.map(({ query }) => query)).toEqual(texts);
  // Nobody asked for the sign-in page, nor for anything else.
  expect(record.requests.map(queryOf)).toEqual(texts.flatMap(text => [text, text]));
});

test('a ticket that is sent while nothing listens goes once something does, and once', async context => {
  let forwarder: Forwarder | undefined;
  const { assembly, start } = await startProfileRig(context, {
    async via(apiPort) {
      forwarder = await startForwarder(apiPort);
      return forwarder.port;
    },
  });
  onTestFinished(() => forwarder?.shut());
  const { browser, extension } = await start();
  const settings = await openExtensionPage(browser, extension, settingsPath);
  await saveKey(settings, demoApiKey);
  const page = await browser.newPage();
  await page.goto(assembly.inboxUrl);
  const popup = await openPopup(page, extension);
  await sendTicket(popup, 'Before', 'ASM-111 created.');
  await forwarder?.shut();
  await fill(popup, 'Description', 'While it is away');
  const said = await sendAndWait(popup, 'Queued.');
  expect(said).toMatch(/^Queued\. Assembly cannot be reached\. Next try at /);
  await forwarder?.reopen();
  await waitForStatus(popup, 'ASM-112 created.');
  expect(assembly.record.tickets.map(({ query }) => query)).toEqual(['Before', 'While it is away']);
  expect(assembly.record.requests).toHaveLength(2);
});

/** Sends a ticket from the open popup and waits until the popup says that it is created, and is free for the next. */
async function sendTicket(popup: Page, text: string, said: string): Promise<void> {
  await fill(popup, 'Description', text);
  await sendAndWait(popup, said);
  await waitForField(popup, 'Description', '');
}

function postsOf({ requests }: AssemblyRecord, text: string): SeenRequest[] {
  return requests.filter(seen => queryOf(seen) === text);
}

function queryOf(seen: SeenRequest): string | undefined {
  return textsOf(seen, 'query')[0];
}
