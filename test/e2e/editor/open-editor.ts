import type { Page } from 'puppeteer-core';
import type { ImageAttachment } from '../../../src/core/draft.ts';
import type { Mark } from '../../../src/core/marks/mark.ts';
import { ariaSelector, byRole } from '../../../tools/chromium/by-role.ts';
import { extensionUrl, openExtensionPage } from '../../../tools/chromium/extension.ts';
import { readDraft } from '../../support/read-draft.ts';
import { setRedaction } from '../../support/redaction-settings.ts';
import type { Rig } from '../../support/rig.ts';

const editorPath = 'src/editor/editor.html';

/** Captures the visible area of a page, and opens the editor on it in a tab of its own. */
export async function captureAndOpen(rig: Rig, url?: string): Promise<Page> {
  // Marks of its own would stand among those that a test makes.
  await setRedaction(rig, { kinds: [] });
  const popup = await rig.openPopup(await rig.openPage(url));
  await byRole(popup, 'button', 'Visible area').click();
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  const draft = await readDraft(popup);
  await popup.close();
  return openEditor(rig, `${draft.id}/${draft.attachments[0]?.id}`);
}

/** Opens the editor on a picture that is there, by `<draftId>/<attachmentId>`. */
export async function openEditor(rig: Rig, address: string): Promise<Page> {
  const editor = await openExtensionPage(rig.browser, rig.extension, `${editorPath}#${address}`);
  await editor.setViewport({ width: 1280, height: 900 });
  await editor.waitForSelector('.stage image');
  return editor;
}

export function addressOf(editor: Page): string {
  return new URL(editor.url()).hash.slice(1);
}

/** Presses Done and waits until the tab is gone. */
export async function finish(editor: Page): Promise<void> {
  const closed = new Promise<void>(resolve => editor.once('close', () => resolve()));
  await byRole(editor, 'button', 'Done').click();
  await closed;
}

/** The first picture of the stored draft, as one of the extension's pages reads it. */
export async function storedPicture(rig: Rig): Promise<ImageAttachment> {
  const page = await rig.browser.newPage();
  await page.goto(extensionUrl(rig.extension, 'src/activity/activity.html'));
  const { attachments } = await readDraft(page);
  await page.close();
  const [first] = attachments;
  if (first?.kind !== 'image') throw new Error('The draft has no picture.');
  return first;
}

/** The accessible names of the marks from the bottom up. */
export function markNames(editor: Page): Promise<string[]> {
  return editor.$$eval('[data-mark]', marks => marks.map(mark => mark.getAttribute('aria-label') ?? ''));
}

/** The name of what has the focus. */
export function focusedName(editor: Page): Promise<string> {
  return editor.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
}

export async function chooseTool(editor: Page, name: string): Promise<void> {
  await byRole(editor, 'radio', name).click();
}

/** Presses at a point of the picture, given in its px, and drags over others. */
export async function drag(editor: Page, ...points: [x: number, y: number][]): Promise<void> {
  const place = await editor.$eval('.sheet > svg', svg => {
    const { left, top, width } = svg.getBoundingClientRect();
    const { x, y, width: shown } = (svg as SVGSVGElement).viewBox.baseVal;
    return { left, top, x, y, scale: width / shown };
  });
  const toScreen = ([x, y]: [number, number]) =>
    [place.left + (x - place.x) * place.scale, place.top + (y - place.y) * place.scale] as const;
  const [first, ...rest] = points;
  if (!first) return;
  await editor.mouse.move(...toScreen(first));
  await editor.mouse.down();
  for (const point of rest) await editor.mouse.move(...toScreen(point), { steps: 3 });
  await editor.mouse.up();
}

/**
 * One mark of each kind but the crop, that do not touch each other, in a picture of at least 700 × 500 px. The highlight
 * lies on the dark head of the sample page, where it can be seen whether it multiplies.
 */
export const oneOfEach: Mark[] = [
  { id: 'm1', tool: 'redact', rect: { x: 40.4, y: 40.6, width: 200.2, height: 30.1 }, found: 'email' },
  {
    id: 'm2',
    tool: 'arrow',
    from: { x: 60, y: 200 },
    to: { x: 200, y: 120 },
    style: { colour: 'red', widthPx: 4 },
  },
  {
    id: 'm3',
    tool: 'box',
    rect: { x: 260, y: 40, width: 120, height: 80 },
    style: { colour: 'blue', widthPx: 4 },
  },
  {
    id: 'm4',
    tool: 'line',
    from: { x: 260, y: 160 },
    to: { x: 380, y: 200 },
    style: { colour: 'white', widthPx: 8 },
  },
  {
    id: 'm5',
    tool: 'pen',
    points: [0, 1, 2, 3, 4, 5, 6].map(at => ({ x: 60 + at * 25, y: 260 + (at % 2) * 30 })),
    style: { colour: 'green', widthPx: 4 },
  },
  {
    id: 'm6',
    tool: 'text',
    at: { x: 420, y: 60 },
    widthPx: 200,
    letterPx: 24,
    text: 'Words that wrap, over some lines',
    style: { colour: 'orange', widthPx: 4 },
  },
  { id: 'm7', tool: 'step', at: { x: 440, y: 240 }, text: 'Press', style: { colour: 'black', widthPx: 4 } },
  { id: 'm8', tool: 'step', at: { x: 440, y: 300 }, text: '', style: { colour: 'red', widthPx: 4 } },
  {
    id: 'm9',
    tool: 'highlight',
    rect: { x: 420, y: 4, width: 250, height: 34 },
    style: { colour: 'yellow', widthPx: 4 },
  },
];

/** Stores marks with the draft's picture, as the editor does. */
export async function storeMarks(
  page: Page,
  address: string,
  marks: Mark[],
  crop: ImageAttachment['crop'] = null,
) {
  const [draftId, attachmentId] = address.split('/');
  const { attachments } = await readDraft(page);
  const known = attachments.flatMap(other => (other.kind === 'image' ? other.marks.map(({ id }) => id) : []));
  const input = { draftId, attachmentId, marks: { marks, crop }, known };
  const answer: unknown = await page.evaluate(
    sent => chrome.runtime.sendMessage({ name: 'attachment.mark', input: sent }),
    input,
  );
  if (!(answer as { ok: boolean }).ok) throw new Error(JSON.stringify(answer));
}
