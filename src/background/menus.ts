import { browser } from '../platform/browser.ts';
import { type TextKey, text } from '../platform/localised-text.ts';

export type MenuItemId =
  | 'ticket-from-selection'
  | 'reply-with-selection'
  | 'add-image'
  | 'capture-visible-area'
  | 'capture-region'
  | 'capture-element'
  | 'capture-full-page';

type Context = NonNullable<Parameters<typeof browser.contextMenus.create>[0]['contexts']>[number];

const onPage: Context[] = ['page', 'frame', 'link', 'editable', 'video', 'audio'];
const items: readonly { id: MenuItemId; title: TextKey; contexts: Context[] }[] = [
  { id: 'ticket-from-selection', title: 'menuTicketFromSelection', contexts: ['selection'] },
  { id: 'reply-with-selection', title: 'menuReplyWithSelection', contexts: ['selection'] },
  { id: 'add-image', title: 'menuAddImage', contexts: ['image'] },
  { id: 'capture-visible-area', title: 'menuVisibleArea', contexts: onPage },
  { id: 'capture-region', title: 'menuRegion', contexts: onPage },
  { id: 'capture-element', title: 'menuElement', contexts: onPage },
  { id: 'capture-full-page', title: 'menuFullPage', contexts: onPage },
];

/** Makes the menu anew. Called on install, update and browser start; removing first makes it repeatable. */
export async function createMenus(): Promise<void> {
  await browser.contextMenus.removeAll();
  for (const { id, title, contexts } of items) {
    browser.contextMenus.create({ id, title: text(title), contexts });
  }
}
