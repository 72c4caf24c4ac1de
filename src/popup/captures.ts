import type { CaptureView } from '../contract/views.ts';
import type { Result } from '../core/result.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { currentWindowId } from '../platform/tabs.ts';
import type { PopupStore } from './popup-state.ts';

/** What the popup asks the worker to take from the page. `lookAgain` is called when it is not known what became of it. */
export function createCaptures(store: PopupStore, lookAgain: () => void) {
  function captured(result: Result<CaptureView>, word: string) {
    store.set({ isCapturing: false, problems: [], word: result.ok && !result.value.failure ? word : '' });
    if (!result.ok) {
      store.report(result.failure);
      // A worker that was stopped told no one that nothing is captured any more.
      return lookAgain();
    }
    store.session?.adopt(result.value.draft);
    if (result.value.failure) store.report(result.value.failure);
  }

  /** Where a capture is to be taken, and for which draft: what is typed is stored first, for the popup may close. */
  async function beginCapture() {
    store.set({ isCapturing: true, word: '' });
    await store.session?.flush();
    return { windowId: await currentWindowId(), draftId: store.draftId() };
  }

  async function addSelection() {
    const where = await beginCapture();
    captured(await send('capture.selection', { ...where, onlyIfNew: false }), text('statusSelection'));
  }

  async function addPicture(kind: 'visible-area' | 'full-page', delaySeconds: number) {
    const input = { ...(await beginCapture()), delaySeconds };
    const isPage = kind === 'full-page';
    const result = await send(isPage ? 'capture.fullPage' : 'capture.visibleArea', input);
    if (delaySeconds > 0 && result.ok && !result.value.failure) return window.close();
    captured(result, text(isPage ? 'statusFullPage' : 'statusVisibleArea'));
  }

  async function pick(kind: 'region' | 'element', delaySeconds: number) {
    const asked = await send('capture.pick', { ...(await beginCapture()), kind, delaySeconds });
    if (asked.ok) return window.close();
    store.set({ isCapturing: false });
    store.report(asked.failure);
    lookAgain();
  }

  /** Takes the picture of an image that is named by its address. */
  async function takePixels(attachmentId: string) {
    const input = { ...(await beginCapture()), attachmentId };
    captured(await send('attachment.usePixels', input), text('attachPixelsUsed'));
  }

  return { captured, takePixels, addSelection, addPicture, pick };
}
