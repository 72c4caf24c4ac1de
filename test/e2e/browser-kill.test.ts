import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { Page } from 'puppeteer-core';
import { expect, type TestContext, test } from 'vitest';
import type { FaultScript } from '../../tools/assembly/faults.ts';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { ariaSelector } from '../../tools/chromium/by-role.ts';
import { openExtensionPage, openPopup, saveKey, settingsPath } from '../../tools/chromium/extension.ts';
import type { Session } from '../../tools/chromium/launch.ts';
import { startSampleSite } from '../../tools/sample-site/start-sample-site.ts';
import { ask, stateNames } from '../support/file-by-message.ts';
import { addVisibleArea, fill, waitUntilArmed } from '../support/popup-actions.ts';
import { killBrowser, startProfileRig } from '../support/profile-rig.ts';
import { readDraft } from '../support/read-draft.ts';
import { textsOf } from '../support/sent-fields.ts';
import { listenToStatus } from '../support/status-words.ts';

const roundCount = process.env['SOAK'] ? 50 : 10;
const longestDelayMs = 400;

interface Round {
  /** From the press of Send to the end of the browser. */
  readonly delayMs: number;
  readonly hasPicture: boolean;
  /** What the ticket meets while this browser lives. */
  readonly fault: FaultScript | null;
}

const roundArbitrary: fc.Arbitrary<Round> = fc.noBias(
  fc.record({
    delayMs: fc.nat(longestDelayMs),
    hasPicture: fc.boolean(),
    fault: fc.constantFrom<FaultScript | null>(
      null,
      { kind: 'hang', match: 'ticket', commit: false },
      { kind: 'hang', match: 'ticket', commit: true },
      { kind: 'delay', match: 'ticket', afterCommitMs: 150 },
    ),
  }),
);

/** What the popup says of a ticket only when it is stored. */
const saysSaved = /^(?:Saved\.|Sending…|Queued\.|ASM-\d+ created\.)/;

test('a ticket outlives a browser that is killed behind the press of Send, and there is one of it', {
  timeout: roundCount * 10_000,
}, async context => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const rounds = fc.sample(roundArbitrary, { seed, numRuns: roundCount });
  await run(context, rounds).catch(cause => {
    throw new Error(`With SEED=${seed}, rounds ${JSON.stringify(rounds)}`, { cause });
  });
});

async function run(context: TestContext, rounds: readonly Round[]): Promise<void> {
  const { assembly, start } = await startProfileRig(context);
  const sampleSite = await startSampleSite();
  context.onTestFinished(() => sampleSite.close());
  let session = await start();
  let settings = await openExtensionPage(session.browser, session.extension, settingsPath);
  await saveKey(settings, demoApiKey);

  const filed: string[] = [];
  for (const [index, round] of rounds.entries()) {
    const text = `Ticket ${index + 1}`;
    if (round.fault) assembly.faults.always(round.fault, seen => textsOf(seen, 'query').includes(text));
    const page = await session.browser.newPage();
    await page.goto(sampleSite.threadUrl);
    const popup = await openPopup(page, session.extension);
    await writeTicket(popup, text, round);
    const said = await listenToStatus(popup);
    await waitUntilArmed(popup);
    await pressAndKill(popup, session, round.delayMs);
    assembly.faults.clear();

    session = await start();
    settings = await openExtensionPage(session.browser, session.extension, settingsPath);
    const { draft, job } = await ask(settings, 'draft.read', { windowId: null });
    // Killed before the draft was in the outbox: then nothing of it is lost either.
    if (job === null && draft.body === text) {
      expect(said.filter(words => saysSaved.test(words))).toEqual([]);
    } else filed.push(text);
    // What is in the outbox may be on its way still; the next draft need not wait for it.
    await ask(settings, 'draft.startOver', { draftId: draft.id });
  }

  settings = await openExtensionPage(session.browser, session.extension, settingsPath);
  await expect.poll(() => stateNames(settings), { timeout: 20_000 }).toEqual(Array.from(filed, () => 'sent'));
  const tickets = assembly.record.tickets.map(({ query, images }) => ({ query, images: images.length }));
  const wanted = rounds.map(({ hasPicture }, index) => ({
    query: `Ticket ${index + 1}`,
    images: hasPicture ? 1 : 0,
  }));
  expect(tickets.toSorted((a, b) => byNumber(a.query, b.query))).toEqual(
    wanted.filter(({ query }) => filed.includes(query)),
  );
}

/** Writes into the empty draft and waits until all of it is stored. */
async function writeTicket(popup: Page, text: string, { hasPicture }: Round): Promise<void> {
  await fill(popup, 'Description', text);
  if (hasPicture) await addVisibleArea(popup);
  await expect.poll(async () => (await readDraft(popup)).body).toBe(text);
}

async function pressAndKill(popup: Page, session: Session, delayMs: number): Promise<void> {
  const button = await popup.waitForSelector(ariaSelector('button', 'Send ticket'));
  // The press may end with the browser.
  const pressed = button?.click().catch(() => undefined);
  await sleep(delayMs);
  await killBrowser(session);
  await pressed;
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
