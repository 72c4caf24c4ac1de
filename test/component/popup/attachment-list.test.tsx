import { Blob } from 'node:buffer';
import { screen, within } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import type { Attachment } from '../../../src/core/draft.ts';
import { putBlob } from '../../../src/platform/blob-store.ts';
import { AttachmentList } from '../../../src/popup/attachment-list.tsx';
import { show } from '../../support/show.ts';

function image(id: string, blobId: string, changes: Partial<Attachment> = {}): Attachment {
  const size = { widthPx: 800, heightPx: 600, sizeBytes: 1_000, ticketScale: 1 };
  return {
    kind: 'image',
    id,
    blobId,
    ticketBlobId: blobId,
    name: `${id}.png`,
    ...size,
    ...changes,
  } as Attachment;
}

test('each picture is an item with its name, its size and buttons named by its place', async () => {
  const blobId = await putBlob(new Blob(['bytes']) as globalThis.Blob);
  show(
    <AttachmentList
      attachments={[
        image('first', blobId),
        image('second', blobId, { ticketScale: 0.5 }),
        { kind: 'image-url', id: 'third', url: 'https://example.com/a.png' },
      ]}
      onRemove={() => {}}
    />,
  );
  const items = within(screen.getByRole('list', { name: 'Attachments' })).getAllByRole('listitem');
  expect(items.map(item => item.textContent)).toEqual([
    expect.stringMatching(/first\.png.*800 × 600, full size/),
    expect.stringMatching(/second\.png.*scaled to 50 %/),
    expect.stringContaining('https://example.com/a.png'),
  ]);
  expect(screen.getByRole('button', { name: 'Enlarge attachment 2' })).toBeTruthy();
  for (const n of [1, 2, 3])
    expect(screen.getByRole('button', { name: `Remove attachment ${n}` })).toBeTruthy();
});

test('the remove button removes its own picture', async () => {
  const onRemove = vi.fn();
  const { user } = show(
    <AttachmentList attachments={[image('a', 'x'), image('b', 'y')]} onRemove={onRemove} />,
  );
  await user.click(screen.getByRole('button', { name: 'Remove attachment 2' }));
  expect(onRemove.mock.calls).toEqual([['b']]);
});

test('a picture whose bytes are gone says so', async () => {
  show(<AttachmentList attachments={[image('a', 'no-such-blob')]} onRemove={() => {}} />);
  expect(await screen.findByText(/no longer stored/)).toBeTruthy();
});

test('a picture whose bytes cannot be read says the same', async () => {
  const blobId = await putBlob(new Blob(['bytes']) as globalThis.Blob);
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('The disk is gone', 'UnknownError');
  });
  show(<AttachmentList attachments={[image('a', blobId)]} onRemove={() => {}} />);
  expect(await screen.findByText(/no longer stored/)).toBeTruthy();
});

test('there is no empty list', () => {
  show(<AttachmentList attachments={[]} onRemove={() => {}} />);
  expect(screen.queryByRole('list')).toBeNull();
});
