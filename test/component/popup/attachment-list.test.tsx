import { Blob } from 'node:buffer';
import { screen, within } from '@testing-library/dom';
import { beforeEach, expect, test, vi } from 'vitest';
import type {
  Attachment,
  FileAttachment,
  ImageAttachment,
  PreparedPicture,
} from '../../../src/core/draft.ts';
import { putBlob } from '../../../src/platform/blob-store.ts';
import type { AttachmentActions } from '../../../src/popup/attachment-actions.ts';
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
const actions = {
  attach: vi.fn(),
  annotate: vi.fn(),
  move: vi.fn(),
  followTicket: vi.fn(),
  usePixels: vi.fn(),
  useAddress: vi.fn(),
  remove: vi.fn(),
} satisfies AttachmentActions;
const nothing = { kind: 'ticket', problem: undefined, actions } as const;
const url = 'https://example.com/a.png';
const pdf: FileAttachment = {
  kind: 'file',
  id: 'pdf',
  blobId: 'x',
  name: 'report.pdf',
  type: 'application/pdf',
  sizeBytes: 2_345_678,
  followsTicket: false,
};

beforeEach(() => vi.clearAllMocks());

test.each([
  ['ticket', 'told', /tells where it was taken, and is sent as it is/],
  ['reply', 'told', /tells where it was taken, and is sent as it is/],
  ['reply', 'unknown', /may tell where it was taken: it cannot be looked through/],
] as const)('on a %s, a photo whose place is %s says so', (kind, place, words) => {
  show(<AttachmentList {...nothing} kind={kind} attachments={[{ ...pdf, place }, pdf]} />);
  const [photo, other] = screen.getAllByRole('listitem').map(item => item.textContent);
  expect(photo).toMatch(words);
  expect(other).not.toMatch(/taken/);
});

test('each picture is an item with its name, its size and buttons named by its place', async () => {
  const blobId = await putBlob(new Blob(['bytes']) as globalThis.Blob);
  show(
    <AttachmentList
      {...nothing}
      attachments={[
        image('first', blobId),
        image('second', blobId, { prepared: scaled }),
        { kind: 'image-url', id: 'third', url },
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
  const { user } = show(<AttachmentList {...nothing} attachments={[image('a', 'x'), image('b', 'y')]} />);
  await user.click(screen.getByRole('button', { name: 'Remove attachment 2' }));
  expect(actions.remove.mock.calls).toEqual([['b']]);
});

test('a picture whose bytes are gone says so', async () => {
  show(<AttachmentList {...nothing} attachments={[image('a', 'no-such-blob')]} />);
  expect(await screen.findByText(/no longer stored/)).toBeTruthy();
});

test('a picture whose bytes cannot be read says the same', async () => {
  const blobId = await putBlob(new Blob(['bytes']) as globalThis.Blob);
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('The disk is gone', 'UnknownError');
  });
  show(<AttachmentList {...nothing} attachments={[image('a', blobId)]} />);
  expect(await screen.findByText(/no longer stored/)).toBeTruthy();
});

test('there is no empty list', () => {
  show(<AttachmentList {...nothing} attachments={[]} />);
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
  const attachments = [image('fits', 'x'), image('reduced', 'x', { prepared: scaled })];
  const { user } = show(<AttachmentList {...nothing} attachments={attachments} />);
  const boxes = screen.getAllByRole('checkbox', { name: 'Send the full picture as a reply file instead' });
  expect(boxes).toHaveLength(1);
  for (const box of boxes) await user.click(box);
  expect(actions.followTicket).toHaveBeenCalledWith('reduced', true);
  show(<AttachmentList {...nothing} kind="reply" attachments={attachments} />);
  expect(screen.getAllByRole('checkbox')).toHaveLength(1);
});

test('the pencil opens its own picture', async () => {
  const attachments = [image('a', 'x'), image('b', 'y')];
  const { user } = show(<AttachmentList {...nothing} attachments={attachments} />);
  await user.click(screen.getByRole('button', { name: 'Annotate attachment 2' }));
  expect(actions.annotate).toHaveBeenCalledWith('b');
});

test('a file that a ticket does not take says so and offers to follow it; in a reply it just goes', async () => {
  const { user } = show(<AttachmentList {...nothing} attachments={[pdf]} />);
  const item = screen.getByRole('listitem').textContent;
  expect(item).toContain('report.pdf2.3 MBA ticket takes pictures only.');
  const box = screen.getByRole<HTMLInputElement>('checkbox', {
    name: 'Send it as a reply once the ticket exists',
  });
  expect(box.checked).toBe(false);
  await user.click(box);
  expect(actions.followTicket.mock.calls).toEqual([['pdf', true]]);
});

test('the way out of a refused file is marked, and told apart by the name of the file', () => {
  show(<AttachmentList {...nothing} attachments={[pdf]} />);
  const checkbox = screen.getByRole('checkbox');
  expect(checkbox.getAttribute('aria-invalid')).toBe('true');
  const describedBy = checkbox.getAttribute('aria-describedby') ?? '';
  expect(document.getElementById(describedBy)?.textContent).toBe('report.pdf');
});

test('a file that was let to follow is not refused any more', () => {
  show(<AttachmentList {...nothing} attachments={[{ ...pdf, followsTicket: true }]} />);
  expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(true);
  expect(screen.getByRole('checkbox').getAttribute('aria-invalid')).toBe('false');
  expect(screen.queryByText('A ticket takes pictures only.')).toBeNull();
});

test('in a reply a file just goes', () => {
  show(<AttachmentList {...nothing} kind="reply" attachments={[pdf]} />);
  expect(screen.getByRole('listitem').textContent).toBe('report.pdf2.3 MB');
  expect(screen.queryByRole('checkbox')).toBeNull();
});

test('what is wrong with the attachments stands beside them', () => {
  const problem = 'A ticket takes pictures only. Let the other files follow as a reply, or remove them.';
  show(<AttachmentList {...nothing} attachments={[pdf]} problem={problem} />);
  expect(screen.getByRole('alert').textContent).toBe(problem);
  const describedBy = screen.getByRole('list').getAttribute('aria-describedby') ?? '';
  expect(document.getElementById(describedBy)?.textContent).toBe(problem);
});

test('an item moves by the keyboard and keeps the focus, as far as the ends', async () => {
  const items: Attachment[] = [image('a', 'x'), pdf, image('c', 'x')];
  const { user, redraw } = show(<AttachmentList {...nothing} attachments={items} />);
  const off = (name: string) => screen.getByRole('button', { name }).getAttribute('aria-disabled');
  expect([off('Move attachment 1 up'), off('Move attachment 3 down')]).toEqual(['true', 'true']);
  screen.getByRole('button', { name: 'Move attachment 2 down' }).focus();
  await user.keyboard('{Enter}');
  expect(actions.move.mock.calls).toEqual([['pdf', 1]]);
  redraw(<AttachmentList {...nothing} attachments={[image('a', 'x'), image('c', 'x'), pdf]} />);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Move attachment 3 down');
  await user.keyboard('{Enter}');
  expect(actions.move).toHaveBeenCalledTimes(1);
});

test('one attachment alone has nowhere to go', () => {
  show(<AttachmentList {...nothing} attachments={[pdf]} />);
  expect(screen.queryByRole('button', { name: /^Move/ })).toBeNull();
});

test('an address offers its pixels, and pixels their address while nothing is drawn on them', async () => {
  const { user } = show(
    <AttachmentList
      {...nothing}
      attachments={[
        { kind: 'image-url', id: 'address', url },
        image('pixels', 'x', { publicUrl: url }),
        image('cut', 'x', { publicUrl: url, crop: { x: 0, y: 0, width: 9, height: 9 } }),
      ]}
    />,
  );
  await user.click(screen.getByRole('button', { name: 'Use its pixels' }));
  await user.click(screen.getByRole('button', { name: 'Use its address' }));
  expect(actions.usePixels.mock.calls).toEqual([['address']]);
  expect(actions.useAddress.mock.calls).toEqual([['pixels']]);
});

test('a picture that was cleaned says so', () => {
  const sent = { blobId: 'cleaned', type: 'image/jpeg', fit: { maxError: 0, colours: null, scale: 1 } };
  const prepared = { marksRevision: 0, ticket: sent, full: null };
  show(<AttachmentList {...nothing} attachments={[image('a', 'x', { type: 'image/jpeg', prepared })]} />);
  expect(screen.getByText('Hidden details such as its location were removed.')).toBeTruthy();
});
