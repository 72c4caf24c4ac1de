import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { ariaSelector, byRole } from '../../tools/chromium/by-role.ts';
import { activityPath, openExtensionPage } from '../../tools/chromium/extension.ts';
import { closePopup, connect, fill, sendAndWait } from '../support/popup-actions.ts';
import { agent, chooseTicket, startReply, waitForUnderstood } from '../support/reply-actions.ts';
import { startRig } from '../support/rig.ts';

const titlesIn = (activity: Page) =>
  activity.$$eval('.job', items => items.map(item => item.querySelector('p')?.textContent?.trim()));

test('a ticket is found by the title of its page, in the Reply tab and in Activity', async () => {
  const rig = await startRig({
    assembly: { http2: true },
    pages: {
      '/a': { body: '<title>Zebra crossing – Forum</title>' },
      '/b': { body: '<title>Elephant – Forum</title>' },
    },
  });
  await connect(rig, { agent });
  for (const path of ['/a', '/b']) {
    const popup = await rig.openPopup(await rig.openPage(`${rig.sampleSite.url}${path}`));
    await fill(popup, 'Title', `Filed from ${path}`);
    await sendAndWait(popup, /ASM-\d+ created/);
    await closePopup(popup);
  }
  const popup = await rig.openPopup(await rig.openPage());
  await startReply(popup);
  await chooseTicket(popup, 'zebra forum', ['ASM-111 Filed from /a']);
  await waitForUnderstood(popup, /^Replies to ASM-111 “Filed from \/a”/);
  await closePopup(popup);

  const activity = await openExtensionPage(rig.browser, rig.extension, activityPath);
  await byRole(activity, 'searchbox', 'Search').wait();
  await activity.focus(ariaSelector('searchbox', 'Search'));
  await activity.keyboard.type('elephant');
  await expect.poll(() => titlesIn(activity)).toEqual(['ASM-112 Filed from /b']);
});
