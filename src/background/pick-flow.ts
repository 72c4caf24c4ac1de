import type { Sender } from '../contract/caller.ts';
import type { MessageInput } from '../contract/messages.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { keepAwake } from '../platform/privileged/keep-awake.ts';
import { startPick, takePick } from '../platform/privileged/page-picker.ts';
import { pageInTab } from '../platform/privileged/page-target.ts';
import { capturePicture, captureProgress, countDown } from './picture-capture.ts';
import { captureAndShow, type Place, showResult } from './show-result.ts';

interface PickOptions {
  delaySeconds?: number;
  /** The draft that the popup showed, when it was the popup that asked: it comes back then, whatever happens. */
  shownDraftId?: string;
}

/**
 * Lets the person pick a part of the page. The pick takes as long as the person does, and the worker may sleep
 * meanwhile: what it is for is stored, and `picked` goes on from there. Resolves when the overlay is shown.
 */
export async function pickSubject(
  place: Place,
  kind: 'region' | 'element',
  { delaySeconds = 0, shownDraftId }: PickOptions = {},
): Promise<Result<null>> {
  // The overlay would be in its pictures.
  if (captureProgress()) return fail({ kind: 'capture-running' });
  return keepAwake(async () => {
    await countDown(delaySeconds, new AbortController().signal);
    // One that was begun in these seconds.
    if (captureProgress()) return fail({ kind: 'capture-running' });
    const page = await pageInTab(place.tabId);
    if (!page.ok) return page;
    const fromPopup = shownDraftId !== undefined;
    return startPick(page.value, kind, { shownDraftId: shownDraftId ?? null, fromPopup });
  });
}

/** The same for whom nobody waits: what hinders it is said in the popup. */
export async function pickOrSay(
  place: Place,
  kind: 'region' | 'element',
  options?: PickOptions,
): Promise<void> {
  const started = await pickSubject(place, kind, options);
  if (!started.ok) await showResult(place, [started.failure]);
}

/** The picker's last word: takes the picture of what was picked, and brings the popup back. */
export async function picked(
  { nonce, outcome }: MessageInput<'pick.deliver'>,
  sender: Sender,
): Promise<Result<null>> {
  const pick = await takePick(nonce, sender);
  if (!pick) return fail({ kind: 'bad-message' });
  const { windowId, tabId, documentId, shownDraftId, fromPopup } = pick;
  const place = { windowId, tabId };
  if (outcome === 'taken') {
    await captureAndShow(place, async page =>
      page.documentId === documentId
        ? capturePicture('subject', page, { shownDraftId: shownDraftId ?? undefined })
        : fail({ kind: 'page-changed' }),
    );
  } else if (outcome === 'disturbed') {
    await showResult(place, [{ kind: 'page-disturbs' }]);
  } else if (fromPopup) {
    await showResult(place, []);
  }
  return ok(null);
}
