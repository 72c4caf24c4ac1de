import { expect, test } from 'vitest';
import { waitForStatus } from '../../tools/chromium/by-role.ts';
import type { ExtraPage } from '../../tools/sample-site/start-sample-site.ts';
import {
  addVisibleArea,
  closePopup,
  connect,
  fieldText,
  press,
  sendAndWait,
  typeAtEnd,
  waitForField,
  waitForText,
} from '../support/popup-actions.ts';
import { startRig } from '../support/rig.ts';

const complaint =
  /^> Since Monday's update our nightly CSV export stops at row 5,000\. .* went out wrong\.$/m;

const otherPage: ExtraPage = {
  body: '<!doctype html><title>Reviews</title><p id="praise">The new filter is a joy.</p>',
};

test('a selection is quoted once, however often the popup is opened on it', async () => {
  const rig = await startRig();
  const page = await rig.openPage();
  await page.click('#complaint', { count: 3 });
  let popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', complaint);
  const quoted = await fieldText(popup, 'Description');
  for (const words of ['first ', 'second']) {
    await closePopup(popup);
    popup = await rig.openPopup(page);
    await typeAtEnd(popup, 'Description', words);
  }
  // The read of the selection is over when the next capture has ended.
  await addVisibleArea(popup);
  expect(await fieldText(popup, 'Description')).toBe(`${quoted}first second`);
});

test('selections of two tabs go into one draft, which stays about the first', async () => {
  const rig = await startRig({ pages: { '/other': otherPage } });
  await connect(rig);
  const first = await rig.openPage();
  await first.click('#complaint', { count: 3 });
  let popup = await rig.openPopup(first);
  await waitForField(popup, 'Description', complaint);
  await closePopup(popup);

  const second = await rig.openPage(`${rig.sampleSite.url}/other`);
  popup = await rig.openPopup(second);
  await waitForField(popup, 'Description', complaint);
  await press(popup, 'Add selection');
  await waitForText(popup, 'Nothing is selected on this page.');
  await second.evaluate(() =>
    getSelection()?.selectAllChildren(document.querySelector('#praise') ?? document),
  );
  await press(popup, 'Add selection');
  await waitForStatus(popup, 'Selection added.');
  const text = await fieldText(popup, 'Description');
  expect(text).toMatch(complaint);
  expect(text).toMatch(/^> The new filter is a joy\.$/m);
  expect(text.indexOf('Since Monday')).toBeLessThan(text.indexOf('The new filter'));

  await sendAndWait(popup, 'ASM-111 created.');
  const [ticket] = rig.assembly.record.tickets;
  expect(ticket?.query).toContain(`${rig.sampleSite.url}/other`);
  expect(ticket?.additionalProperties).toMatchObject({ page_url: rig.sampleSite.threadUrl });
  expect(rig.assembly.record.tickets).toHaveLength(1);
});
