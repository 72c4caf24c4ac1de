import { Blob } from 'node:buffer';
import { screen, waitFor, within } from '@testing-library/dom';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { MessageInput } from '../../../src/contract/messages.ts';
import { type Draft, emptyDraft } from '../../../src/core/draft.ts';
import type { Mark } from '../../../src/core/marks/mark.ts';
import type { PageWords } from '../../../src/core/redaction/page-words.ts';
import { fail, ok, type Result } from '../../../src/core/result.ts';
import { Editor } from '../../../src/editor/editor.tsx';
import { putBlob } from '../../../src/platform/blob-store.ts';
import { announceChange } from '../../../src/platform/changes.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { heldPromise } from '../../support/held-promise.ts';
import { makePicture } from '../../support/make-picture.ts';
import { makePopupView } from '../../support/make-popup-view.ts';
import { show } from '../../support/show.ts';

const draftId = '0123456789abcdef0123456789abcdef';
const attachmentId = 'fedcba9876543210fedcba9876543210';
const style = { colour: 'red', widthPx: 4 } as const;
const box: Mark = { id: 'box', tool: 'box', rect: { x: 10, y: 10, width: 100, height: 50 }, style };

/** Letters 6 px wide; the picture has no layout here, so nothing is measured from the screen. */
class Canvas {
  getContext = () => ({ font: '', measureText: (text: string) => ({ width: text.length * 6 }) });
}

let saved: MessageInput<'attachment.mark'>[] = [];
let redacted: string[][] = [];

beforeEach(() => {
  vi.stubGlobal('OffscreenCanvas', Canvas);
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:picture');
  saved = [];
  redacted = [];
});

const blobOf = (text: string) => putBlob(new Blob([text]) as globalThis.Blob);

interface Given extends Partial<Pick<Draft, 'body' | 'customerName' | 'page'>> {
  marks?: Mark[];
  words?: PageWords;
  imageUrls?: string[];
}

/** Opens the editor on one picture of a draft, and waits for its tools. */
async function open({ marks = [], words, imageUrls = [], ...fields }: Given = {}) {
  const attachment = makePicture({
    id: attachmentId,
    blobId: await blobOf('picture'),
    widthPx: 1_280,
    heightPx: 800,
    marks,
    wordsBlobId: words ? await blobOf(JSON.stringify(words)) : null,
  });
  const images = imageUrls.map((url, index) => ({ kind: 'image-url' as const, id: `url-${index}`, url }));
  const draft: Draft = { ...emptyDraft(draftId, 0), ...fields, attachments: [attachment, ...images] };
  fakeBrowser.onMessage({
    'draft.read': () => ok(makePopupView(draft)),
    'attachment.mark': input => {
      saved.push(input);
      return ok(draft);
    },
    'draft.redactWords': input => {
      redacted.push(input.words);
      return ok(draft);
    },
  });
  const shown = show(<Editor address={{ draftId, attachmentId }} />);
  await screen.findByRole('radio', { name: 'Select' });
  return shown;
}

const tool = (name: string) => screen.getByRole('radio', { name });
const button = (name: string) => screen.getByRole('button', { name });
const status = () => screen.getByRole('status').textContent;
const marksNames = () =>
  within(screen.getByRole('application', { name: 'Marks on the picture' }))
    .queryAllByRole('button')
    .map(mark => mark.getAttribute('aria-label'));
const savedMarks = () => saved[0]?.marks.marks;

test('the tools are radios with their names, one of them chosen', async () => {
  await open();
  const names = ['Select', 'Crop', 'Arrow', 'Box', 'Line', 'Pen', 'Text', 'Step', 'Highlight', 'Redact'];
  const tools = within(screen.getByRole('group', { name: 'Tools' })).getAllByRole('radio');
  expect(tools.map(radio => radio.getAttribute('aria-label'))).toEqual(names);
  expect(tools.map(radio => (radio as HTMLInputElement).checked)).toEqual(names.map((_, at) => at === 0));
  for (const name of ['Undo', 'Redo', 'Done', 'Cancel', 'Zoom in', 'Zoom out', 'Fit']) button(name);
  for (const colour of ['Red', 'Orange', 'Yellow', 'Green', 'Blue', 'Black', 'White']) tool(colour);
});

describe('by keyboard', () => {
  test.each([
    ['a', 'Arrow'],
    ['b', 'Box'],
    ['l', 'Line'],
    ['p', 'Pen'],
    ['s', 'Step'],
    ['h', 'Highlight'],
    ['r', 'Redact'],
  ])('the letter %s chooses %s, and Enter puts one in the middle, with the focus', async (letter, name) => {
    const { user } = await open();
    await user.keyboard(`${letter}{Enter}`);
    expect((tool(name) as HTMLInputElement).checked).toBe(true);
    const [made] = marksNames();
    expect(made).toMatch(name === 'Redact' ? /^Redaction 1 of 1$/ : new RegExp(`^${name} 1 of 1, `));
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe(made));
    expect(status()).toMatch(/added in the middle/);
  });

  test('Enter on a tool puts a mark in the middle too', async () => {
    const { user } = await open();
    await user.click(tool('Box'));
    await user.keyboard('{Enter}');
    expect(marksNames()).toEqual(['Box 1 of 1, red']);
  });

  test('a text is typed, kept by Escape, and its letters choose no tools', async () => {
    const { user } = await open();
    await user.keyboard('t{Enter}');
    await user.type(screen.getByRole('textbox', { name: 'Words of this text' }), 'a box [[ here');
    await user.keyboard('{Escape}');
    expect((tool('Text') as HTMLInputElement).checked).toBe(true);
    expect(marksNames()).toEqual(['Text 1 of 1, red, “a box [ here”']);
  });

  test('a text without words is none', async () => {
    const { user } = await open();
    await user.keyboard('t{Enter}{Escape}');
    expect(marksNames()).toEqual([]);
    await waitFor(() => expect(document.activeElement).not.toBe(document.body));
  });

  test('arrows move by 1 and with Shift by 10, and Alt changes the size', async () => {
    const { user } = await open({ marks: [box] });
    mark('Box 1 of 1, red').focus();
    await user.keyboard('{ArrowRight}{Shift>}{ArrowDown}{/Shift}{Alt>}{ArrowRight}{ArrowUp}{/Alt}');
    await user.click(button('Done'));
    expect(savedMarks()).toMatchObject([{ rect: { x: 11, y: 20, width: 101, height: 49 } }]);
  });

  test('Delete takes a mark away, and the focus goes to the next', async () => {
    const { user } = await open({ marks: [box, { ...box, id: 'other', tool: 'highlight' }] });
    mark('Box 1 of 2, red').focus();
    await user.keyboard('{Delete}');
    expect(marksNames()).toEqual(['Highlight 1 of 1, red']);
    await waitFor(() => expect(document.activeElement).toBe(mark('Highlight 1 of 1, red')));
    await user.keyboard('{Delete}');
    await waitFor(() => expect(document.activeElement).not.toBe(document.body));
    expect(status()).toBe('Highlight deleted.');
  });

  test('Ctrl+D doubles a mark, [ and ] change the order', async () => {
    const { user } = await open({ marks: [box] });
    mark('Box 1 of 1, red').focus();
    await user.keyboard('{Control>}d{/Control}');
    expect(marksNames()).toEqual(['Box 1 of 2, red', 'Box 2 of 2, red']);
    await user.keyboard('[[');
    await user.click(button('Done'));
    expect(savedMarks()?.map(({ id }) => id === 'box')).toEqual([false, true]);
  });

  test('Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y undo and do again', async () => {
    const { user } = await open();
    await user.keyboard('b{Enter}a{Enter}');
    const both = marksNames();
    await user.keyboard('{Control>}zz{/Control}');
    expect(marksNames()).toEqual([]);
    expect(status()).toBe('Undone.');
    await user.keyboard('{Control>}{Shift>}z{/Shift}y{/Control}');
    expect(marksNames()).toEqual(both);
    await user.keyboard('{Control>}y{/Control}');
    expect(status()).toBe('There is nothing to redo.');
  });

  test('a crop is moved and sized by keys, Enter takes it and Escape leaves', async () => {
    const { user } = await open();
    await user.keyboard('c');
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Crop frame/));
    await user.keyboard(
      '{Alt>}{Shift>}{ArrowLeft>30/}{ArrowUp>20/}{/Shift}{/Alt}{Shift>}{ArrowRight}{/Shift}{ArrowDown}',
    );
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Crop frame, 980 × 600, at 10, 1');
    await user.keyboard('{Enter}');
    expect(status()).toBe('Cropped.');
    await user.keyboard('c{Alt>}{ArrowLeft}{/Alt}{Escape}');
    await user.click(button('Done'));
    expect(saved[0]?.marks.crop).toEqual({ x: 10, y: 1, width: 980, height: 600 });
  });
});

test('a button puts a mark in the middle for who cannot drag', async () => {
  const { user } = await open();
  await user.click(tool('Box'));
  await user.click(button('Add in the middle'));
  expect(marksNames()).toEqual(['Box 1 of 1, red']);
});

test('a colour and a size change the selected mark, and the next ones', async () => {
  const { user } = await open({ marks: [box] });
  mark('Box 1 of 1, red').focus();
  await user.click(tool('Blue'));
  await user.click(tool('Large'));
  expect(marksNames()).toEqual(['Box 1 of 1, blue']);
  await user.click(tool('Line'));
  await user.keyboard('{Enter}');
  await user.click(button('Done'));
  expect(savedMarks()).toMatchObject([
    { style: { colour: 'blue', widthPx: 8 } },
    { style: { colour: 'blue', widthPx: 8 } },
  ]);
});

test('steps are numbered, and renumbered when one goes', async () => {
  const step = (id: string): Mark => ({ id, tool: 'step', at: { x: 50, y: 50 }, text: id, style });
  const { user } = await open({ marks: [step('one'), step('two'), step('three')] });
  mark(/number 2/).focus();
  await user.keyboard('{Delete}');
  expect(marksNames()).toEqual(['Step 1 of 2, red, number 1, “one”', 'Step 2 of 2, red, number 2, “three”']);
});

test('the words of a step are typed beside', async () => {
  const { user } = await open();
  await user.keyboard('s{Enter}{Enter}');
  const field = screen.getByRole('textbox', { name: 'Words beside the number' });
  await waitFor(() => expect(document.activeElement).toBe(field));
  await user.keyboard('Press this');
  expect(marksNames()).toEqual(['Step 1 of 1, red, number 1, “Press this”']);
  await user.click(button('Undo'));
  expect(marksNames()).toEqual(['Step 1 of 1, red, number 1']);
});

test('a redaction that was found by itself says what was found', async () => {
  await open({ marks: [{ id: 'r', tool: 'redact', rect: box.rect, found: 'email' } as Mark] });
  expect(marksNames()).toEqual(['Redaction 1 of 1, email address, found automatically']);
});

describe('Done', () => {
  test('saves the marks and closes the tab', async () => {
    const { user } = await open();
    await user.keyboard('b{Enter}');
    await user.click(button('Done'));
    await waitFor(() => expect(fakeBrowser.closedItself).toBe(true));
    expect(saved).toMatchObject([{ draftId, attachmentId, marks: { marks: [{ tool: 'box' }], crop: null } }]);
  });

  test('names all marks that it has had, so that what was covered elsewhere since is told from what was taken away', async () => {
    const { user } = await open({ marks: [box] });
    mark('Box 1 of 1, red').focus();
    await user.keyboard('{Delete}r{Enter}');
    await user.click(button('Done'));
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]?.known).toEqual(['box', savedMarks()?.[0]?.id]);
  });

  test('closes without saving when nothing was changed', async () => {
    const { user } = await open({ marks: [box] });
    await user.keyboard('b{Enter}{Control>}z{/Control}');
    await user.click(button('Done'));
    await waitFor(() => expect(fakeBrowser.closedItself).toBe(true));
    expect(saved).toEqual([]);
  });

  test('that fails keeps everything and says why', async () => {
    const { user } = await open();
    fakeBrowser.onMessage({ 'attachment.mark': () => fail({ kind: 'storage-full' }) });
    await user.keyboard('b{Enter}');
    await user.click(button('Done'));
    await waitFor(() => expect(status()).toMatch(/^Not saved.*The disk is full/));
    expect(fakeBrowser.closedItself).toBe(false);
    expect(marksNames()).toEqual(['Box 1 of 1, red']);
  });
});

describe('while it is being saved', () => {
  const aMoment = () => new Promise(resolve => setTimeout(resolve, 20));

  test('nothing can be changed that would not be saved', async () => {
    const { user } = await open();
    await user.keyboard('b{Enter}');
    await waitFor(() => expect(marksNames()).toHaveLength(1));
    const saving = heldPromise<Result<Draft>>();
    fakeBrowser.onMessage({ 'attachment.mark': () => saving.promise });
    await user.click(button('Done'));
    await waitFor(() => expect(status()).toBe('Saving…'));
    await user.keyboard('{Control>}z{/Control}');
    expect(button('Undo').getAttribute('aria-disabled')).toBe('true');
    await aMoment();
    expect(marksNames()).toHaveLength(1);
    for (const part of [screen.getByRole('main'), screen.getByRole('complementary')]) {
      expect(part.inert).toBe(true);
    }
    // After a failure it goes on.
    saving.resolve(fail({ kind: 'storage-full' }));
    await waitFor(() => expect(status()).toMatch(/disk is full/));
    expect(screen.getByRole('main').inert).toBe(false);
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(marksNames()).toHaveLength(0));
  });
});

describe('Cancel', () => {
  test('closes at once when nothing was changed', async () => {
    const { user } = await open({ marks: [box] });
    await user.click(button('Cancel'));
    await waitFor(() => expect(fakeBrowser.closedItself).toBe(true));
  });

  test('asks when something was changed, and then saves nothing', async () => {
    const { user } = await open();
    await user.keyboard('b{Enter}');
    await user.click(button('Cancel'));
    const dialog = await screen.findByRole('dialog');
    expect(fakeBrowser.closedItself).toBe(false);
    await user.click(within(dialog).getByRole('button', { name: 'Close without saving' }));
    await waitFor(() => expect(fakeBrowser.closedItself).toBe(true));
    expect(saved).toEqual([]);
  });
});

describe('the words under a redaction', () => {
  const word = (text: string, start: number, x: number, y: number) => ({
    start,
    end: start + text.length,
    x,
    y,
    width: text.length * 10,
    height: 20,
  });
  // The redaction that Enter makes covers 560 to 720 and 368 to 432.
  const words: PageWords = {
    blocks: [
      { text: 'Jane Doe', words: [word('Jane', 0, 600, 390), word('Doe', 5, 650, 390)] },
      {
        text: 'Ask jane doe.',
        words: [word('Ask', 0, 10, 10), word('jane', 4, 50, 10), word('doe.', 9, 100, 10)],
      },
    ],
    secretFields: [],
    isCut: false,
  };
  const everywhere = 'Cover these words everywhere in this draft';

  test('are offered to be covered in the whole draft, as one step', async () => {
    const { user } = await open({ words, body: 'Jane Doe wrote; Jane Doe waits.' });
    await user.keyboard('r{Enter}');
    const offer = await screen.findByRole('region', { name: 'Cover everywhere' });
    expect(offer.textContent).toMatch(/Jane Doe.*1 in this picture, 0 in other pictures, 2 in the text/);
    await user.click(within(offer).getByRole('button', { name: everywhere }));
    expect(marksNames()).toHaveLength(2);
    await user.click(button('Done'));
    await waitFor(() => expect(redacted).toEqual([['Jane Doe']]));
    expect(savedMarks()).toHaveLength(2);
  });

  test('are counted in all that is sent, and told where they stay', async () => {
    const { user } = await open({
      words,
      customerName: 'Jane Doe',
      page: { page_url: 'https://crm.example.com/jane-doe' },
      imageUrls: ['https://example.com/jane_doe.png', 'https://example.com/logo.png'],
    });
    await user.keyboard('r{Enter}');
    const offer = await screen.findByRole('region', { name: 'Cover everywhere' });
    expect(offer.textContent).toMatch(/1 in the text\. Images whose address holds them leave the draft: 1\./);
    expect(offer.textContent).toMatch(/They stay in: the customer’s name\./);
  });

  test('that are covered by half are covered wholly', async () => {
    const half: Mark = {
      id: 'r',
      tool: 'redact',
      rect: { x: 600, y: 390, width: 66, height: 20 },
      found: null,
    };
    const { user } = await open({ words, marks: [half] });
    mark('Redaction 1 of 1').focus();
    await user.click(await screen.findByRole('button', { name: everywhere }));
    await user.click(button('Done'));
    expect(savedMarks()).toMatchObject([
      { id: 'r' },
      { rect: { x: 599, y: 389, width: 82, height: 22 } },
      { rect: { x: 49, y: 9, width: 92, height: 22 } },
    ]);
  });

  test('are covered nowhere else when that is undone', async () => {
    const { user } = await open({ words, body: 'Jane Doe' });
    await user.keyboard('r{Enter}');
    await user.click(await screen.findByRole('button', { name: everywhere }));
    await user.click(button('Undo'));
    expect(marksNames()).toHaveLength(1);
    await user.click(button('Done'));
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(redacted).toEqual([]);
  });
});

describe('what cannot be opened', () => {
  test.each([
    ['another draft', { draftId: '0'.repeat(32), attachmentId }],
    ['another picture', { draftId, attachmentId: '0'.repeat(32) }],
    ['an address that is none', null],
  ])('%s is said to be gone', async (_, address) => {
    await open();
    document.body.replaceChildren();
    show(<Editor address={address} />);
    expect((await screen.findByRole('alert')).textContent).toMatch(/no longer there/);
  });

  test('once all is erased elsewhere the picture is out of sight, and said to be gone', async () => {
    await open();
    fakeBrowser.onMessage({ 'draft.read': () => ok(makePopupView(emptyDraft('1'.repeat(32), 0))) });
    announceChange({ about: 'erased' });
    expect((await screen.findByRole('alert')).textContent).toMatch(/no longer there/);
    expect(screen.queryByRole('application')).toBeNull();
  });
});

function mark(name: string | RegExp): HTMLElement {
  return within(screen.getByRole('application')).getByRole('button', { name });
}
