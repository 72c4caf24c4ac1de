import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { expect, type TestContext, test } from 'vitest';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import type { Assembly } from '../../tools/assembly/start-assembly.ts';
import { distPath } from '../../tools/build.ts';
import { extensionWorker, openExtensionPage, saveKey, settingsPath } from '../../tools/chromium/extension.ts';
import type { Session } from '../../tools/chromium/launch.ts';
import { fileTicket, stateNames } from '../support/file-by-message.ts';
import { type ProfileRig, startProfileRig } from '../support/profile-rig.ts';
import { textsOf } from '../support/sent-fields.ts';

const earlierVersion = '0.0.1';
// A job that has failed a few times waits some seconds, and those of one outbox wait for each other.
const deliveryMs = 40_000;

test('an update of the extension sends what the earlier version could not', {
  timeout: 90_000,
}, async context => {
  const extensionPath = await earlierBuild(context);
  const rig = await startProfileRig(context, { extensionPath });
  const session = await rig.start();
  const management = await openManagement(session);
  await fillOutbox(rig, session);
  expect(await installedVersion(management, session)).toBe(earlierVersion);

  await cp(distPath, extensionPath, { recursive: true });
  const worker = await extensionWorker(session.browser, session.extension);
  // A little later, so that this call is answered.
  await worker.evaluate(() => void setTimeout(() => chrome.runtime.reload()));
  const { version } = await readManifest(distPath);
  await expect.poll(() => installedVersion(management, session)).toBe(version);
  await expectAirClear(rig);
  rig.assembly.faults.clear();
  await expectAllSent(rig, session);
});

test('an extension that was switched off sends what it could not once it is on again', {
  timeout: 90_000,
}, async context => {
  const rig = await startProfileRig(context);
  const session = await rig.start();
  const management = await openManagement(session);
  await fillOutbox(rig, session);

  await switchExtension(management, session, false);
  await expectAirClear(rig);
  const { record, faults } = rig.assembly;
  faults.clear();
  const requestsSoFar = record.requests.length;
  await sleep(3_000);
  expect(record.requests).toHaveLength(requestsSoFar);
  await switchExtension(management, session, true);
  await expectAllSent(rig, session);
});

const texts = ['Dropped', 'Dropped too', 'Created, but never answered'];

/** Files three tickets that Assembly does not answer: two wait for another try, and the third has one in the air. */
async function fillOutbox({ assembly }: ProfileRig, { browser, extension }: Session): Promise<void> {
  const [, , inTheAir = ''] = texts;
  assembly.faults.next(
    { kind: 'hang', match: 'ticket', commit: true },
    seen => textsOf(seen, 'query')[0] === inTheAir,
  );
  assembly.faults.always({ kind: 'drop', match: 'ticket', commit: false });
  const settings = await openExtensionPage(browser, extension, settingsPath);
  await saveKey(settings, demoApiKey);
  for (const text of texts) {
    await fileTicket(settings, text);
    const isLast = text === inTheAir;
    await expect
      .poll(() => stateNames(settings), { timeout: 20_000 })
      .toEqual([isLast ? 'sending' : 'waiting', ...texts.slice(0, texts.indexOf(text)).map(() => 'waiting')]);
  }
  // It says so before the request leaves.
  await expect.poll(() => hung(assembly)).toHaveLength(1);
}

function hung({ record }: Assembly) {
  return record.requests.filter(({ fault }) => fault === 'hang');
}

/** Waits until all three are there and the outbox knows it. Opens no page of the extension before that, which could help. */
async function expectAllSent({ assembly }: ProfileRig, { browser, extension }: Session): Promise<void> {
  const { record } = assembly;
  const queries = () => record.tickets.map(({ query }) => query).toSorted();
  await expect.poll(queries, { timeout: deliveryMs }).toEqual(texts.toSorted());
  const answered = () => record.requests.filter(seen => seen.answered).map(seen => textsOf(seen, 'query')[0]);
  await expect.poll(() => answered().toSorted(), { timeout: deliveryMs }).toEqual(texts.toSorted());
  const settings = await openExtensionPage(browser, extension, settingsPath);
  await expect.poll(() => stateNames(settings)).toEqual(texts.map(() => 'sent'));
  expect(queries()).toEqual(texts.toSorted());
}

/** A folder with the shipped build under an earlier version number. */
async function earlierBuild({ onTestFinished }: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'capture-build-'));
  onTestFinished(() => rm(path, { recursive: true }));
  await cp(distPath, path, { recursive: true });
  const manifest = { ...(await readManifest(path)), version: earlierVersion };
  await writeFile(join(path, 'manifest.json'), JSON.stringify(manifest));
  return path;
}

async function readManifest(folder: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
}

/** The browser's own page of extensions. A tab that does not belong to the extension, so that it wakes nothing there. */
async function openManagement({ browser }: Session): Promise<Page> {
  const page = await browser.newPage();
  await page.goto('chrome://extensions');
  // Without it an extension from a folder is switched off as it is loaded again.
  await page.evaluate(() =>
    Reflect.get(chrome, 'developerPrivate').updateProfileConfiguration({ inDeveloperMode: true }),
  );
  return page;
}

function installedVersion(management: Page, { extension }: Session): Promise<string> {
  return management.evaluate(async id => (await chrome.management.get(id)).version, extension.id);
}

function switchExtension(management: Page, { extension }: Session, isOn: boolean): Promise<void> {
  return management.evaluate((id, on) => chrome.management.setEnabled(id, on), extension.id, isOn);
}

/** The worker of before is gone, and its request with it. */
async function expectAirClear({ assembly }: ProfileRig): Promise<void> {
  const inTheAir = hung(assembly);
  expect(inTheAir).toHaveLength(1);
  await expect.poll(() => inTheAir[0]?.closedAtMs).not.toBeNull();
}
