import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { openExtensionPage, settingsPath } from '../../tools/chromium/extension.ts';
import {
  clear,
  connect,
  fieldText,
  press,
  sendAndWait,
  typeAtEnd,
  typeAtEndAtOnce,
  typeAtOnce,
  waitForField,
  waitForText,
  waitUntilArmed,
} from '../support/popup-actions.ts';
import { type Rig, type RigOptions, startRig } from '../support/rig.ts';
import { textFields } from '../support/sent-fields.ts';

const acornId = '00000000-0000-7000-8002-000000000001';
const noor = 'noor@acornfreight.example.org';
const mail = {
  body: `<!doctype html><title>A letter</title>
    <p id="letter">Please ask <a href="mailto:${noor}?subject=Export">Noor</a> and sam@example.net, says ada@example.com.</p>`,
};

/** A popup of somebody with a key over a page. */
async function openedPopup(options: RigOptions = {}) {
  const rig = await startRig({ ...options, pages: { '/mail': mail } });
  await connect(rig, { agent: { name: 'Ada Moreau', email: 'ada@example.com' } });
  const page = await rig.openPage(`${rig.sampleSite.url}/mail`);
  return { rig, page, lookups: () => rig.assembly.record.requests.filter(({ method }) => method === 'GET') };
}

/** What a screen reader says after the name of a field. */
function described(popup: Page, role: 'textbox' | 'combobox', name: string): Promise<string> {
  return popup.$eval(ariaSelector(role, name), field =>
    (field.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map(id => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  );
}
const waitForHint = (popup: Page, words: string) =>
  expect.poll(() => described(popup, 'textbox', 'Customer email')).toBe(words);

function suggestions(popup: Page): Promise<(string | null)[]> {
  return popup.$$eval('.suggestions button', buttons => buttons.map(each => each.getAttribute('aria-label')));
}

/** The options in the open list, as they are read. */
function options(popup: Page): Promise<string[]> {
  return popup.$$eval('[role="option"]', found => found.map(({ textContent }) => textContent));
}

async function chooseCompany(popup: Page, typed: string, label: string): Promise<void> {
  await byRole(popup, 'combobox', 'Company').click();
  await typeAtOnce(popup, typed);
  await expect.poll(() => options(popup)).toContainEqual(expect.stringContaining(label));
  const place = (await options(popup)).findIndex(option => option.includes(label));
  for (let n = 0; n <= place; n += 1) await popup.keyboard.press('ArrowDown');
  await popup.keyboard.press('Enter');
}

const sentFields = (rig: Rig, n = 0) => textFields(rig.assembly.record.requestsTo('ticket')[n]);

describe('the customer', () => {
  test('is suggested from the selection, filled in by a press, and known by name', async () => {
    const { rig, page, lookups } = await openedPopup();
    await page.click('#letter', { count: 3 });
    const popup = await rig.openPopup(page);
    await waitForField(popup, 'Description', /Please ask/);
    // The agent's own address stands there too.
    await expect.poll(() => suggestions(popup)).toEqual([`Use ${noor}`, 'Use sam@example.net']);
    // What was found in the text is told above, and moves what stands below.
    await popup.waitForSelector('.secrets');
    expect(await fieldText(popup, 'Customer email')).toBe('');
    expect(lookups()).toEqual([]);

    await press(popup, `Use ${noor}`);
    await waitForField(popup, 'Customer email', noor);
    await waitForField(popup, 'Customer name', 'Noor Haddad');
    await waitForHint(popup, 'Known to Assembly: Noor Haddad.');
    expect(lookups().map(({ path }) => path)).toEqual([`/contacts/${encodeURIComponent(noor)}`]);
    await waitUntilArmed(popup);
    await press(popup, 'Send ticket');
    // The addresses in the text are asked about.
    await press(popup, 'Send as it is');
    await waitForStatus(popup, 'ASM-111 created.');
    expect(sentFields(rig)['user']).toEqual([JSON.stringify({ email: noor, name: 'Noor Haddad' })]);

    // The next ticket knows the last customer without asking.
    await expect.poll(() => suggestions(popup)).toEqual([`Use ${noor}`]);
    expect(lookups()).toHaveLength(1);
  });

  test('who is unknown will be created, and is known afterwards', async () => {
    const { rig, page, lookups } = await openedPopup();
    const popup = await rig.openPopup(page);
    await typeAtEndAtOnce(popup, 'Customer email', 'sam@example.net');
    await waitForHint(popup, 'Not known to Assembly: will be created with this ticket.');
    expect(lookups().filter(({ endpoint }) => endpoint === 'contact')).toHaveLength(1);
    expect(lookups().length).toBeLessThanOrEqual(2);
    await typeAtEnd(popup, 'Description', 'For Sam.');
    await sendAndWait(popup, 'ASM-111 created.');
    expect(sentFields(rig)['user']).toEqual([JSON.stringify({ email: 'sam@example.net' })]);
  });

  test('is found by a name, and its name is never filled in unasked', async () => {
    const { rig, page, lookups } = await openedPopup();
    const popup = await rig.openPopup(page);
    await typeAtEndAtOnce(popup, 'Customer name', 'Haddad');
    await byRole(popup, 'button', `Use ${noor}`).wait();
    expect(lookups().length).toBeLessThanOrEqual(2);
    await clear(popup, 'Customer name');
    await typeAtEndAtOnce(popup, 'Customer email', noor);
    await byRole(popup, 'button', 'Use name Noor Haddad').wait();
    expect(await fieldText(popup, 'Customer name')).toBe('');
    await press(popup, 'Use name Noor Haddad');
    await waitForField(popup, 'Customer name', 'Noor Haddad');
  });

  test('could not be asked about: why is said, and 429 leaves tickets whole', async () => {
    const { rig, page, lookups } = await openedPopup();
    // Without a time the gate may open by chance before the next key, and a machine may be slow to that key.
    const headers = { 'Retry-After': '8' };
    rig.assembly.faults.next({ kind: 'answer', match: 'contact', status: 429, headers });
    const popup = await rig.openPopup(page);
    await typeAtEndAtOnce(popup, 'Customer email', noor);
    await waitForHint(popup, 'Could not be checked: too many requests at the moment.');
    // The gate is shut for all: nothing more is asked.
    const asked = lookups().length;
    await typeAtEndAtOnce(popup, 'Customer email', '.uk');
    await waitForHint(popup, 'Could not be checked: too many requests at the moment.');
    expect(lookups()).toHaveLength(asked);
    await typeAtEnd(popup, 'Description', 'For Noor.');
    await waitUntilArmed(popup);
    await press(popup, 'Send ticket');
    await waitForStatus(popup, 'ASM-111 created.', 30_000);
    expect(rig.assembly.record.requestsTo('ticket')).toHaveLength(1);
  });
});

describe('the company', () => {
  test.each(['flat', 'wrapped'] as const)(
    'is found, chosen, and arrives by its id (%s)',
    async accountShape => {
      const { rig, page, lookups } = await openedPopup({ assembly: { accountShape } });
      const popup = await rig.openPopup(page);
      await byRole(popup, 'combobox', 'Company').wait();
      expect(lookups()).toEqual([]);
      await chooseCompany(popup, 'acorn', 'acornfreight.example.org');
      await expect.poll(() => fieldText(popup, 'Company', 'combobox')).toBe('Acorn Freight');
      expect(await described(popup, 'combobox', 'Company')).toBe('Sent as company ID …0001.');
      expect(lookups().length).toBeLessThanOrEqual(2);
      expect(lookups().map(({ query }) => query['name'])).toContain('acorn');
      await typeAtEnd(popup, 'Description', 'For Acorn.');
      await sendAndWait(popup, 'ASM-111 created.');
      expect(sentFields(rig)).toMatchObject({ company_id: [acornId] });
      expect(sentFields(rig)).not.toHaveProperty('company_source_specific_id');
      expect(rig.assembly.record.tickets[0]).toMatchObject({
        companyId: acornId,
        companySourceSpecificId: null,
      });
    },
  );

  test('arrives by the id that the organisation gave it', async () => {
    const { rig, page } = await openedPopup();
    const popup = await rig.openPopup(page);
    await chooseCompany(popup, 'crm-1', 'Use “crm-1” as a source ID');
    await typeAtEnd(popup, 'Description', 'For Acorn.');
    await sendAndWait(popup, 'ASM-111 created.');
    expect(sentFields(rig)).toMatchObject({ company_source_specific_id: ['crm-1'] });
    expect(sentFields(rig)).not.toHaveProperty('company_id');
  });

  test('that is only typed is not sent: it has to be chosen', async () => {
    const { rig, page } = await openedPopup();
    const popup = await rig.openPopup(page);
    await typeAtEnd(popup, 'Description', 'For Acorn.');
    await byRole(popup, 'combobox', 'Company').click();
    await popup.keyboard.type('acorn');
    await popup.keyboard.press('Tab');
    await waitUntilArmed(popup);
    await press(popup, 'Send ticket');
    await expect
      .poll(() => described(popup, 'combobox', 'Company'))
      .toContain('Choose a company from the list, or empty the field.');
    expect(rig.assembly.record.tickets).toEqual([]);
  });

  test('is found in what is kept while Assembly is down, with its age', async () => {
    const { rig, page } = await openedPopup();
    const popup = await rig.openPopup(page);
    await chooseCompany(popup, 'acorn', 'acornfreight.example.org');
    rig.assembly.faults.always({ kind: 'answer', match: 'accounts', status: 503, body: 'down' });
    await byRole(popup, 'combobox', 'Company').click({ count: 3 });
    await popup.keyboard.type('freight', { delay: 30 });
    await expect
      .poll(() => popup.$eval('.combobox-note', ({ textContent }) => textContent).catch(() => ''))
      .toBe('As of just now: Assembly has a problem (503).');
    expect(await options(popup)).toEqual([
      'Acorn Freightacornfreight.example.org',
      'Use “freight” as a source ID',
    ]);
  });
});

test('axe finds nothing in suggestions, hints and an open list, in light and dark', async () => {
  const { rig, page } = await openedPopup();
  await page.click('#letter', { count: 3 });
  const popup = await rig.openPopup(page);
  await popup.waitForSelector('.secrets');
  await press(popup, 'Use sam@example.net');
  await waitForHint(popup, 'Not known to Assembly: will be created with this ticket.');
  await byRole(popup, 'combobox', 'Company').click();
  await popup.keyboard.type('fjord');
  await expect.poll(() => options(popup)).toHaveLength(2);
  await popup.evaluate(axe.source);
  for (const scheme of ['light', 'dark']) {
    await popup.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    const { violations } = (await popup.evaluate('axe.run(document)')) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
});

test('the address of the agent is checked by a press in the settings', async () => {
  const { rig, lookups } = await openedPopup();
  const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
  await waitForField(settings, 'Your email', 'ada@example.com');
  expect(lookups()).toEqual([]);
  await press(settings, 'Check your email');
  await waitForText(settings, 'Ada Moreau is an agent of your Assembly.');
  await typeAtEnd(settings, 'Your email', '.org');
  await waitForStatus(settings, 'Saved.');
  await press(settings, 'Check your email');
  await waitForText(settings, 'No agent of your Assembly has this address');
  expect(lookups().map(({ query }) => query['email'])).toEqual(['ada@example.com', 'ada@example.com.org']);
});
