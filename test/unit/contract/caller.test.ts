import { expect, test } from 'vitest';
import { callerOf, type Sender } from '../../../src/contract/caller.ts';

const id = 'abcdefghijklmnopabcdefghijklmnop';
const baseUrl = `chrome-extension://${id}/`;
const own = { id, origin: baseUrl.slice(0, -1) };
const web = { id, origin: 'https://example.com', url: 'https://example.com/a', frameId: 0, tab: { id: 1 } };

test.each<[string, Sender, string | null]>([
  ['the popup', { ...own, url: `${baseUrl}src/popup/popup.html` }, 'page'],
  [
    'a page in a tab',
    { ...own, url: `${baseUrl}src/options/options.html`, tab: { id: 1 }, frameId: 0 },
    'page',
  ],
  ['a content script in the top frame', web, 'content'],
  ['one on a page without an origin', { ...web, origin: 'null', url: 'about:blank' }, 'content'],

  ['nobody', {}, null],
  ['another extension', { ...web, id: 'ponmlkjihgfedcbaponmlkjihgfedcba' }, null],
  [
    'another extension that names our address',
    { id: 'ponmlkjihgfedcbaponmlkjihgfedcba', origin: own.origin, url: `${baseUrl}src/popup/popup.html` },
    null,
  ],
  ['a page of the web that speaks by itself', { ...web, id: undefined }, null],
  ['a content script in a frame', { ...web, frameId: 3 }, null],
  ['a content script without a tab', { ...web, tab: undefined }, null],
  ['a content script without a tab id', { ...web, tab: {} }, null],
  ['an own address at a foreign origin', { ...web, url: `${baseUrl}src/popup/popup.html` }, null],
  ['a foreign address at our origin', { ...web, origin: own.origin }, null],
  ['our origin without an address', { ...own, tab: { id: 1 }, frameId: 0 }, null],
])('%s: %j is %s', (_, sender, caller) => {
  expect(callerOf(sender, id, baseUrl)).toBe(caller);
});

test('a host that only begins like ours is not ours', () => {
  const sender: Sender = {
    id,
    origin: `${own.origin}.example.com`,
    url: `${own.origin}.example.com/popup.html`,
  };
  expect(callerOf(sender, id, baseUrl)).toBeNull();
});
