import { expect, test } from 'vitest';
import {
  mayGoByAddress,
  moveAttachment,
  putAddress,
  putPixels,
  setFollowing,
} from '../../../src/core/attachment-changes.ts';
import type { Attachment } from '../../../src/core/draft.ts';
import { makePicture } from '../../support/make-picture.ts';

const url = 'https://example.com/a.png';
const address: Attachment = { kind: 'image-url', id: 'u', url };
const picture = makePicture({ id: 'p' });
const all = [makePicture({ id: 'a' }), address, makePicture({ id: 'c' })];
const idsOf = (attachments: readonly Attachment[] | null) => attachments?.map(({ id }) => id);

test.each([
  ['u', 0, ['u', 'a', 'c']],
  ['u', 2, ['a', 'c', 'u']],
  ['a', 99, ['u', 'c', 'a']],
  ['c', 1, ['a', 'c', 'u']],
  ['gone', 0, ['a', 'u', 'c']],
])('%s goes to place %i', (id, toIndex, ids) => {
  expect(idsOf(moveAttachment(all, id, toIndex))).toEqual(ids);
});

test('pixels take the place and the id of their address, which they can be named by again', () => {
  const put = putPixels(all, 'u', [picture]);
  expect(put).toEqual([all[0], { ...picture, id: 'u', publicUrl: url }, all[2]]);
  expect(putAddress(put ?? [], 'u')).toEqual(all);
});

test('several pictures of one address stay pictures', () => {
  const put = putPixels(all, 'u', [picture, makePicture({ id: 'q' })]) ?? [];
  expect(idsOf(put)).toEqual(['a', 'u', 'q', 'c']);
  expect(put.some(mayGoByAddress)).toBe(false);
});

test('there are no pixels for what is gone, for a picture, or beyond the limit', () => {
  const full = [address, ...Array.from({ length: 9 }, (_, index) => makePicture({ id: `${index}` }))];
  expect(putPixels(all, 'gone', [picture])).toBeNull();
  expect(putPixels(all, 'a', [picture])).toBeNull();
  expect(idsOf(putPixels(full, 'u', [picture]))).toHaveLength(10);
  expect(putPixels(full, 'u', [picture, picture])).toBeNull();
});

test('what is covered or cut off a picture is not given away by its address', () => {
  const box = { id: 'm', tool: 'redact', rect: { x: 0, y: 0, width: 9, height: 9 }, found: null } as const;
  for (const changes of [{ marks: [box] }, { crop: box.rect }, { publicUrl: null }]) {
    const marked = makePicture({ id: 'p', publicUrl: url, ...changes });
    expect(putAddress([marked], 'p')).toEqual([marked]);
  }
});

test('pictures and files may follow a ticket, an address may not', () => {
  expect(setFollowing(all, 'a', true)).toEqual([{ ...all[0], followsTicket: true }, all[1], all[2]]);
  expect(setFollowing(all, 'u', true)).toEqual(all);
});
