import { describe, expect, test } from 'vitest';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { activityPath, openExtensionPage, saveKey, settingsPath } from '../../tools/chromium/extension.ts';
import { report, violations } from '../support/axe-violations.ts';
import { expectFocus, focused, tabRound, tabTo } from '../support/keyboard-focus.ts';
import { sendAndWait } from '../support/popup-actions.ts';
import { type Rig, startRig } from '../support/rig.ts';

describe('axe finds nothing serious in', () => {
  test('the popup, from the first run to a sent ticket', async () => {
    const rig = await startRig();
    const page = await rig.openPage();
    const popup = await rig.openPopup(page);
    await byRole(popup, 'button', 'Save key').wait();
    const found = await violations(popup, 'first run');

    await saveKey(popup, 'fake-refused-key-0000');
    found.push(...(await violations(popup, 'empty')));

    await byRole(popup, 'textbox', 'Customer name').fill('A name without an address');
    await byRole(popup, 'button', 'Visible area').click();
    await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
    found.push(...(await violations(popup, 'an attachment')));

    await byRole(popup, 'button', 'Enlarge attachment 1').click();
    await byRole(popup, 'button', 'Close').wait();
    found.push(...(await violations(popup, 'an enlarged picture')));
    await byRole(popup, 'button', 'Close').click();

    await byRole(popup, 'button', 'Send ticket').click();
    await popup.waitForSelector('[aria-invalid="true"]');
    found.push(...(await violations(popup, 'problems')));

    await byRole(popup, 'tab', 'Reply').click();
    await byRole(popup, 'textbox', 'Message').wait();
    await byRole(popup, 'button', 'Send reply').click();
    await popup.waitForSelector('[aria-invalid="true"]');
    found.push(...(await violations(popup, 'a reply')));

    await byRole(popup, 'tab', 'New ticket').click();
    await byRole(popup, 'textbox', 'Customer email').fill('someone@example.com');
    await byRole(popup, 'button', 'Send ticket').click();
    await waitForStatus(popup, /key refused/);
    found.push(...(await violations(popup, 'a refused key')));

    await byRole(popup, 'textbox', 'API key').fill(demoApiKey);
    await byRole(popup, 'button', 'Save key').click();
    await waitForStatus(popup, 'ASM-111');
    found.push(...(await violations(popup, 'a sent ticket')));
    report(found);
  });

  test('a popup over a page that allows nothing', async () => {
    const rig = await startRig();
    const popup = await rig.openPopup(await rig.openPage('about:blank'));
    await byRole(popup, 'button', 'Visible area').click();
    await expect.poll(() => popup.$$('[role="note"], [role="alert"]')).toHaveLength(2);
    report(await violations(popup, 'two notices'));
  });

  test('the settings', async () => {
    const rig = await startRig();
    const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
    await byRole(settings, 'textbox', 'Your name').wait();
    const found = await violations(settings, 'no key');
    await saveKey(settings, demoApiKey);
    await byRole(settings, 'textbox', 'Your email').fill('not an address');
    await byRole(settings, 'textbox', 'Your name').click();
    await settings.waitForSelector('[aria-invalid="true"]');
    found.push(...(await violations(settings, 'a key and an odd address')));
    await byRole(settings, 'button', 'Erase everything').click();
    await settings.waitForSelector('dialog[open]');
    found.push(...(await violations(settings, 'a question')));
    report(found);
  });

  test('the activity', async () => {
    const rig = await startRig();
    const empty = await openExtensionPage(rig.browser, rig.extension, activityPath);
    await byRole(empty, 'heading', 'Activity').wait();
    const found = await violations(empty, 'empty');
    await empty.close();
    await fileTwo(rig);
    const activity = await openExtensionPage(rig.browser, rig.extension, activityPath);
    await expect.poll(() => activity.$$(ariaSelector('listitem'))).toHaveLength(2);
    found.push(...(await violations(activity, 'one sent and one refused')));
    report(found);
  });
});

describe('by keyboard alone', () => {
  test('a ticket is filed, with the focus always in sight', async () => {
    const rig = await startRig();
    const popup = await rig.openPopup(await rig.openPage());
    await byRole(popup, 'button', 'Save key').wait();
    await tabTo(popup, 'API key');
    await popup.keyboard.type(demoApiKey);
    await popup.keyboard.press('Enter');
    await waitForStatus(popup, 'Key saved.');
    await expectFocus(popup, 'after Save key');

    await tabTo(popup, 'New ticket');
    await popup.keyboard.press('ArrowRight');
    expect(await focused(popup)).toMatchObject({ name: 'Reply', selected: 'true' });
    await popup.keyboard.press('ArrowLeft');
    expect(await focused(popup)).toMatchObject({ name: 'New ticket', selected: 'true' });

    await tabTo(popup, 'Title');
    await popup.keyboard.type('By keyboard');
    await tabTo(popup, 'Description');
    await popup.keyboard.type('Every word of it.');
    for (const shots of [1, 2]) {
      await tabTo(popup, 'Visible area');
      await popup.keyboard.press('Enter');
      await popup.waitForSelector(ariaSelector('button', `Remove attachment ${shots}`));
    }
    await expectFocus(popup, 'after Visible area');
    for (const left of [1, 0]) {
      await tabTo(popup, 'Remove attachment 1');
      await popup.keyboard.press('Enter');
      await expect.poll(() => popup.$$('.attachments li')).toHaveLength(left);
      await expectFocus(popup, `after Remove attachment, ${left} left`);
    }

    await tabTo(popup, 'Title', 'Shift+Tab');
    await popup.keyboard.down('Control');
    await popup.keyboard.press('Enter');
    await popup.keyboard.up('Control');
    await waitForStatus(popup, 'ASM-111');
    await expectFocus(popup, 'after Send');
    expect(rig.assembly.record.tickets).toMatchObject([{ title: 'By keyboard', query: 'Every word of it.' }]);
  });

  test('a notice is dismissed without losing the place', async () => {
    const rig = await startRig();
    const popup = await rig.openPopup(await rig.openPage('about:blank'));
    await byRole(popup, 'button', 'Visible area').click();
    for (const left of [1, 0]) {
      await expect.poll(() => popup.$$('[role="note"], [role="alert"]')).toHaveLength(left + 1);
      await tabTo(popup, 'Dismiss');
      await popup.keyboard.press('Enter');
      await expect.poll(() => popup.$$('[role="note"], [role="alert"]')).toHaveLength(left);
      await expectFocus(popup, `after Dismiss, ${left} left`);
    }
  });

  test('each stop in the settings and the activity is in sight', async () => {
    const rig = await startRig();
    await fileTwo(rig);
    for (const path of [settingsPath, activityPath]) {
      const page = await openExtensionPage(rig.browser, rig.extension, path);
      await byRole(page, 'heading').wait();
      if (path === activityPath) await expect.poll(() => page.$$(ariaSelector('listitem'))).toHaveLength(2);
      expect((await tabRound(page)).length).toBeGreaterThan(4);
    }
  });
});

/** One ticket that is sent, and one that Assembly refuses. */
async function fileTwo(rig: Rig): Promise<void> {
  const popup = await rig.openPopup(await rig.openPage());
  await saveKey(popup, demoApiKey);
  await byRole(popup, 'textbox', 'Description').fill('The first.');
  await sendAndWait(popup, /ASM-\d+ created/);
  rig.assembly.faults.next({ kind: 'answer', status: 400, body: '{"error":"refused by the test"}' });
  await byRole(popup, 'textbox', 'Description').fill('The second.');
  await byRole(popup, 'button', 'Send ticket').click();
  await waitForStatus(popup, /^Not sent/);
  await popup.close();
}
