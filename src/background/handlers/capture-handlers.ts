import type { MessageInput } from '../../contract/messages.ts';
import { ok } from '../../core/result.ts';
import { currentDraft } from '../../platform/privileged/draft-store.ts';
import type { Handlers } from '../../platform/privileged/route-message.ts';
import type { SelectionReader } from '../../platform/privileged/selection-reader.ts';
import type { CaptureFlow } from '../capture-flow.ts';
import { picked, pickOrSay, pickSubject } from '../pick-flow.ts';
import { type CaptureKind, cancelCapture, capturePicture } from '../picture-capture.ts';
import { captureAndShow } from '../show-result.ts';
import { captureView, pageBehind } from './answers.ts';

/** What is taken from a page, and what the scripts in the page deliver. */
export function captureHandlers(flow: CaptureFlow, selectionReader: SelectionReader) {
  return {
    'capture.selection': async ({ windowId, draftId, onlyIfNew }) => {
      const page = await pageBehind(windowId);
      return captureView(
        page.ok ? await flow.quoteSelection(page.value, { onlyIfNew, shownDraftId: draftId }) : page,
      );
    },
    'capture.visibleArea': async input => takePicture('visible-area', input),
    'capture.fullPage': async input => takePicture('full-page', input),
    'capture.pick': async ({ windowId, draftId, kind, delaySeconds }) => {
      const page = await pageBehind(windowId);
      if (!page.ok) return page;
      const { tabId } = page.value;
      const place = { windowId, tabId };
      const options = { delaySeconds, shownDraftId: draftId };
      if (delaySeconds === 0) return pickSubject(place, kind, options);
      void pickOrSay(place, kind, options);
      return ok(null);
    },
    'capture.cancel': async () => {
      cancelCapture();
      return ok(null);
    },
    'pick.deliver': picked,
    'selection.deliver': async ({ nonce, selection }, sender) =>
      selectionReader.deliver(nonce, selection, sender),
  } satisfies Partial<Handlers>;
}

async function takePicture(
  kind: CaptureKind,
  { windowId, draftId, delaySeconds }: MessageInput<'capture.visibleArea'>,
) {
  const page = await pageBehind(windowId);
  if (!page.ok) return captureView(page);
  if (delaySeconds === 0)
    return captureView(await capturePicture(kind, page.value, { shownDraftId: draftId }));
  const { tabId } = page.value;
  const options = { shownDraftId: draftId, delaySeconds };
  void captureAndShow({ windowId, tabId }, target => capturePicture(kind, target, options));
  return captureView(ok((await currentDraft()).draft));
}
