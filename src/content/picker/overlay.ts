import { type Grip, grips } from '../../core/picker/region.ts';
import { overlayStyle } from './overlay-style.ts';
import { type PickerWord, words, wordsDirection } from './words.ts';

export type PickKind = 'region' | 'element';

/** All that stands in the page while a person picks: one element, whose inside the page cannot reach. */
export interface Overlay {
  host: HTMLElement;
  root: ShadowRoot;
  /** Undoes the zoom of the element that the host is put into. */
  undoZoom: (zoom: number) => void;
  frame: HTMLElement;
  /** Covers the window, takes the pointer, and has the focus. */
  area: HTMLElement;
  shade: HTMLElement;
  /** The outline of what would be taken. */
  box: HTMLElement;
  gripElements: ReadonlyMap<HTMLElement, Grip>;
  size: HTMLElement;
  view: HTMLElement;
  panel: HTMLElement;
  hint: HTMLElement;
  take: HTMLButtonElement;
  leave: HTMLButtonElement;
  spoken: HTMLElement;
}

/** Two corners are enough to reach every size by keyboard, and keep the way by Tab short. */
const cornerNames = new Map<string, PickerWord>([
  ['-1,-1', 'pickCornerTopLeft'],
  ['1,1', 'pickCornerBottomRight'],
]);

export function createOverlay(kind: PickKind): Overlay {
  // In XML documents `createElement` makes no HTML.
  const host = make(randomName());
  host.setAttribute('popover', 'manual');
  const root = host.attachShadow({ mode: 'closed' });
  const style = new CSSStyleSheet();
  style.replaceSync(overlayStyle);
  const zoomStyle = new CSSStyleSheet();
  root.adoptedStyleSheets = [style, zoomStyle];

  const frame = make('div', `frame ${kind}`);
  frame.role = 'dialog';
  frame.ariaLabel = words(kind === 'region' ? 'pickRegionLabel' : 'pickElementLabel');
  const shade = make('div', 'shade');
  const area = make('div', 'area');
  area.role = 'application';
  area.tabIndex = 0;
  area.ariaLabel = frame.ariaLabel;

  const box = make('div', 'box');
  box.hidden = true;
  const gripElements = new Map(kind === 'region' ? grips.map(grip => [makeGrip(grip), grip]) : []);
  box.append(...gripElements.keys());
  const size = make('div', 'size');
  size.hidden = true;

  const view = make('div', 'view');
  const panel = make('div', 'panel');
  panel.dir = wordsDirection();
  const hint = make('p', 'hint');
  area.ariaDescribedByElements = [hint];
  const buttons = make('div', 'buttons');
  const leave = makeButton('leave', 'pickLeave');
  const take = makeButton('take', 'pickTake');
  take.disabled = true;
  buttons.append(leave, take);
  panel.append(hint, buttons);
  view.append(panel);

  const spoken = make('div', 'spoken');
  spoken.ariaLive = 'polite';
  spoken.ariaAtomic = 'true';

  frame.append(shade, area, box, size, view, spoken);
  root.append(frame);
  return {
    host,
    root,
    undoZoom: zoom => zoomStyle.replaceSync(`:host { zoom: ${1 / zoom} !important; }`),
    ...{ frame, area, shade, box, gripElements, size, view, panel, hint, take, leave, spoken },
  };
}

/** Words that a person sees or hears, and the page cannot find. */
export function say(element: HTMLElement, sentence: string): void {
  if (element.getAttribute('data-words') !== sentence) element.setAttribute('data-words', sentence);
}

function makeGrip(grip: Grip): HTMLElement {
  const element = make('div', 'grip');
  element.style.left = `${(grip.x + 1) * 50}%`;
  element.style.top = `${(grip.y + 1) * 50}%`;
  element.style.cursor = cursorOf(grip);
  const name = cornerNames.get(`${grip.x},${grip.y}`);
  if (name) {
    element.tabIndex = 0;
    element.role = 'slider';
    element.ariaLabel = words(name);
  }
  return element;
}

function cursorOf({ x, y }: Grip): string {
  if (x === 0) return 'ns-resize';
  if (y === 0) return 'ew-resize';
  return x === y ? 'nwse-resize' : 'nesw-resize';
}

function makeButton(className: string, name: PickerWord): HTMLButtonElement {
  const button = make('button', `button ${className}`);
  button.type = 'button';
  say(button, words(name));
  return button;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className?: string,
): HTMLElementTagNameMap[Name];
function make(name: string, className?: string): HTMLElement;
function make(name: string, className = ''): HTMLElement {
  const element = document.createElementNS('http://www.w3.org/1999/xhtml', name) as HTMLElement;
  if (className !== '') element.className = className;
  return element;
}

/** Only names with a hyphen may have a shadow tree; one that nobody can foresee has no styles and no class waiting. */
function randomName(): string {
  const letters = [...crypto.getRandomValues(new Uint8Array(12))].map(byte =>
    String.fromCharCode(97 + (byte % 26)),
  );
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}
