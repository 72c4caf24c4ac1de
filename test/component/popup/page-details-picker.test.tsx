import { screen } from '@testing-library/dom';
import { useState } from 'preact/hooks';
import { expect, test } from 'vitest';
import { type Draft, emptyDraft } from '../../../src/core/draft.ts';
import { PageDetailsPicker } from '../../../src/popup/page-details-picker.tsx';
import { show } from '../../support/show.ts';

const captured: Draft = {
  ...emptyDraft('d', 0),
  page: { page_url: 'https://example.com/a', page_title: 'A page', os: 'linux' },
  omittedDetails: ['language'],
};

let latest: Draft;

function Picker() {
  const [draft, setDraft] = useState(captured);
  latest = draft;
  return <PageDetailsPicker draft={draft} onEdit={edits => setDraft({ ...draft, ...edits })} />;
}

test('each detail with a value is shown, can be left out and be taken back in', async () => {
  const { user } = show(<Picker />);
  await user.click(screen.getByText('Page details: 3 of 3 will be sent'));
  expect(screen.getAllByRole('checkbox')).toHaveLength(3);

  const address = screen.getByRole('checkbox', { name: /Page address.*https:\/\/example\.com\/a/ });
  await user.click(address);
  expect(latest.omittedDetails).toEqual(['language', 'page_url']);
  expect(screen.getByText('Page details: 2 of 3 will be sent')).toBeTruthy();

  await user.click(address);
  expect(latest.omittedDetails).toEqual(['language']);
});

test('a draft without a page has nothing to pick from', () => {
  show(<PageDetailsPicker draft={emptyDraft('d', 0)} onEdit={() => {}} />);
  expect(document.querySelector('details')).toBeNull();
});

test('what a recipe read stands among the details, and can be left out', async () => {
  const properties = [
    { name: 'order_number', value: 'A-42', isSent: true },
    { name: 'plan', value: 'Gold', isSent: true },
  ];
  let edited = {};
  const draft = { ...emptyDraft('d', 0), properties };
  const { user } = show(<PageDetailsPicker draft={draft} onEdit={edits => (edited = edits)} />);
  await user.click(screen.getByText('Page details: 2 of 2 will be sent'));
  await user.click(screen.getByRole('checkbox', { name: /^order_number.*A-42$/ }));
  expect(edited).toEqual({ properties: [{ ...properties[0], isSent: false }, properties[1]] });
});
