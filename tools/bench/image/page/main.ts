import { photoFeed, photoWall } from './photo-screens.ts';
import { darkEditor, dashboard, gradients, map, table, textPage } from './screens.ts';

/** What a screen of the corpus can show. */
export type Screen =
  | 'text'
  | 'dashboard'
  | 'dark-editor'
  | 'photo-feed'
  | 'photo-heavy'
  | 'gradients'
  | 'map'
  | 'table';

/** Shows it in this page, of the size in CSS px, cut off below. */
export async function show(screen: Screen, width: number, height: number): Promise<void> {
  const makers: Record<Screen, () => HTMLElement | Promise<HTMLElement>> = {
    text: () => textPage(height),
    dashboard,
    'dark-editor': () => darkEditor(height),
    'photo-feed': () => photoFeed(height),
    'photo-heavy': () => photoWall(width, height, Math.min(devicePixelRatio, 2)),
    gradients: () => gradients(height),
    map: () => map(width, height),
    table: () => table(height),
  };
  document.body.style.cssText = `margin:0;background:#fff;height:${height}px;overflow:hidden`;
  document.body.replaceChildren(await makers[screen]());
  await document.fonts.ready;
}
