import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { waitForStatus } from '../../tools/chromium/by-role.ts';
import { activityPath, openExtensionPage } from '../../tools/chromium/extension.ts';
import { report, violations } from '../support/axe-violations.ts';
import { ask, fileTicket, stateNames } from '../support/file-by-message.ts';
import { connect, press } from '../support/popup-actions.ts';
import { agent } from '../support/reply-actions.ts';
import { startRig } from '../support/rig.ts';

const longMs = 15_000;

const titlesIn = (activity: Page) =>
  activity.$$eval('.job', items => items.map(item => item.querySelector('p')?.textContent?.trim()));

/** Sends a reply to what has this id, as the popup does. */
async function fileReply(extensionPage: Page, target: string, words: string): Promise<void> {
  const { draft } = await ask(extensionPage, 'draft.read', { windowId: null });
  const { id: draftId } = await ask(extensionPage, 'draft.startOver', { draftId: draft.id });
  const edits = { kind: 'reply' as const, body: words, replyTarget: target };
  await ask(extensionPage, 'draft.edit', { draftId, edits, baseBody: '' });
  await ask(extensionPage, 'draft.send', { draftId });
}

test('a reply goes with its discarded ticket and neither is sent', async () => {
  const rig = await startRig();
  const { record } = rig.assembly;
  await connect(rig, { key: 'fake-wrong-key', agent });
  const page = await openExtensionPage(rig.browser, rig.extension, activityPath);
  const { id } = await fileTicket(page, 'Wrong ticket');
  await expect.poll(() => stateNames(page), { timeout: longMs }).toEqual(['paused']);
  await fileReply(page, id, 'And one more thing');
  await expect.poll(() => titlesIn(page)).toEqual(['And one more thing', 'Wrong ticket']);

  await page.bringToFront();
  await press(page, 'Discard: Wrong ticket');
  await waitForStatus(page, 'Discarded: Wrong ticket, and the reply that waited for it');
  await expect.poll(() => titlesIn(page)).toEqual([]);
  report(await violations(page, 'a discarded ticket with its reply'));
  await connect(rig);
  await fileTicket(page, 'Another ticket');
  await expect
    .poll(() => record.tickets.map(({ query }) => query), { timeout: longMs })
    .toEqual(['Another ticket']);
  expect(record.requestsTo('reply')).toEqual([]);
});

test('Undo brings back both, and both are sent', async () => {
  const rig = await startRig();
  const { record } = rig.assembly;
  await connect(rig, { key: 'fake-wrong-key', agent });
  const page = await openExtensionPage(rig.browser, rig.extension, activityPath);
  const { id } = await fileTicket(page, 'Right ticket');
  await expect.poll(() => stateNames(page), { timeout: longMs }).toEqual(['paused']);
  await fileReply(page, id, 'And one more thing');
  await page.bringToFront();
  await press(page, 'Discard: Right ticket');
  await waitForStatus(page, 'Discarded: Right ticket, and the reply that waited for it');
  await press(page, 'Undo');
  await waitForStatus(page, 'Brought back: Right ticket, and the reply to it');
  await expect.poll(() => titlesIn(page)).toEqual(['And one more thing', 'Right ticket']);

  await connect(rig);
  await expect.poll(() => record.replies.length, { timeout: longMs }).toBe(1);
  expect(record.replies).toMatchObject([{ content: 'And one more thing', ticketNumber: 'ASM-111' }]);
});
