import { Blob } from 'node:buffer';
import { screen, within } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import type { ImageAttachment, PreparedPicture } from '../../../src/core/draft.ts';
import { putBlob } from '../../../src/platform/blob-store.ts';
import { AttachmentList } from '../../../src/popup/attachment-list.tsx';
import { makePicture } from '../../support/make-picture.ts';
import { show } from '../../support/show.ts';

function image(id: string, blobId: string, changes: Partial<ImageAttachment> = {}): ImageAttachment {
  return makePicture({ id, blobId, name: `${id}.png`, ...changes });
}

const scaled: PreparedPicture = {
  marksRevision: 0,
  ticket: { blobId: 'small', type: 'image/png', fit: { maxError: 2, colours: null, scale: 0.5 } },
  full: null,
};
const nothing = { kind: 'ticket', onAnnotate() {}, onFollowTicket() {}, onRemove() {} } as const;

test('each picture is an item with its name, its size and buttons named by its place', async () => {
  const blobId = await putBlob(new Blob(['bytes']) as globalThis.Blob);
  show(
    <AttachmentList
      {...nothing}
      attachments={[
        image('first', blobId),
        image('second', blobId, { prepared: scaled }),
        { kind: 'image-url', id: 'third', url: 'https://example.com/a.png' },
      ]}
    />,
  );
  const items = within(screen.getByRole('list', { name: 'Attachments' })).getAllByRole('listitem');
  expect(items.map(item => item.textContent)).toEqual([
    expect.stringMatching(/first\.png.*800 × 600, full size/),
    expect.stringMatching(/second\.png.*scaled to 50 %, colours within ±2/),
    expect.stringContaining('https://example.com/a.png'),
  ]);
  expect(screen.getByRole('button', { name: 'Enlarge attachment 2' })).toBeTruthy();
  for (const n of [1, 2, 3])
    expect(screen.getByRole('button', { name: `Remove attachment ${n}` })).toBeTruthy();
});

test('the remove button removes its own picture', async () => {
  const onRemove = vi.fn();
  const { user } = show(
    <AttachmentList {...nothing} attachments={[image('a', 'x'), image('b', 'y')]} onRemove={onRemove} />,
  );
  await user.click(screen.getByRole('button', { name: 'Remove attachment 2' }));
  expect(onRemove.mock.calls).toEqual([['b']]);
});

test('a picture whose bytes are gone says so', async () => {
  show(<AttachmentList {...nothing} attachments={[image('a', 'no-such-blob')]} onRemove={() => {}} />);
  expect(await screen.findByText(/no longer stored/)).toBeTruthy();
});

test('a picture whose bytes cannot be read says the same', async () => {
  const blobId = await putBlob(new Blob(['bytes']) as globalThis.Blob);
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('The disk is gone', 'UnknownError');
  });
  show(<AttachmentList {...nothing} attachments={[image('a', blobId)]} onRemove={() => {}} />);
  expect(await screen.findByText(/no longer stored/)).toBeTruthy();
});

test('there is no empty list', () => {
  show(<AttachmentList {...nothing} attachments={[]} onRemove={() => {}} />);
  expect(screen.queryByRole('list')).toBeNull();
});

test('a picture says what is to be known before it is sent', () => {
  const covered = {
    id: 'm',
    tool: 'redact',
    rect: { x: 0, y: 0, width: 9, height: 9 },
    found: 'email',
  } as const;
  show(
    <AttachmentList
      {...nothing}
      attachments={[
        image('covered', 'x', { marks: [covered], isSearchedWhole: true, wordsBlobId: 'w' }),
        image('cropped', 'x', { crop: { x: 5, y: 5, width: 99.6, height: 50 }, prepared: null }),
        image('long', 'x', { cutAtPx: 30_000, wordsBlobId: 'w' }),
      ]}
    />,
  );
  const [first, second, third] = screen.getAllByRole('listitem').map(item => item.textContent);
  expect(first).toContain('Places covered: 1');
  expect(first).not.toContain('look for private data');
  expect(second).toContain('100 × 50, being made ready…');
  expect(second).toContain('Not looked through');
  expect(third).toContain('first 30000 px were captured');
  expect(third).toContain('Not all of it could be looked through');
});

test('only a picture that a ticket cannot carry as it is can go with a reply instead, and not in a reply', async () => {
  const onFollowTicket = vi.fn();
  const attachments = [image('fits', 'x'), image('reduced', 'x', { prepared: scaled })];
  const { user } = show(
    <AttachmentList {...nothing} attachments={attachments} onFollowTicket={onFollowTicket} />,
  );
  const boxes = screen.getAllByRole('checkbox', { name: 'Send the full picture as a reply file instead' });
  expect(boxes).toHaveLength(1);
  for (const box of boxes) await user.click(box);
  expect(onFollowTicket).toHaveBeenCalledWith('reduced', true);
  show(<AttachmentList {...nothing} kind="reply" attachments={attachments} />);
  expect(screen.getAllByRole('checkbox')).toHaveLength(1);
});

test('the pencil opens its own picture', async () => {
  const onAnnotate = vi.fn();
  const attachments = [image('a', 'x'), image('b', 'y')];
  const { user } = show(<AttachmentList {...nothing} attachments={attachments} onAnnotate={onAnnotate} />);
  await user.click(screen.getByRole('button', { name: 'Annotate attachment 2' }));
  expect(onAnnotate).toHaveBeenCalledWith('b');
});
