import { moveAttachment, putAddress, setFollowing } from '../../core/attachment-changes.ts';
import type { Attachment } from '../../core/draft.ts';
import { changeDraft } from '../../platform/privileged/draft-store.ts';
import type { Handlers } from '../../platform/privileged/route-message.ts';
import { addFile, usePixels } from '../attachment-flow.ts';
import { preparePictures } from '../prepare-pictures.ts';
import { markPicture } from '../redaction-flow.ts';
import { captureView, pageBehind, redrawn, shownAgain } from './answers.ts';

/** The pictures and files of the draft. */
export const attachmentHandlers = {
  'attachment.add': addFile,
  'attachment.move': async ({ draftId, attachmentId, toIndex }) =>
    changeAttachments(draftId, before => moveAttachment(before, attachmentId, toIndex)),
  'attachment.usePixels': async ({ windowId, draftId, attachmentId }) => {
    const page = await pageBehind(windowId);
    return captureView(page.ok ? await usePixels(page.value, draftId, attachmentId) : page);
  },
  'attachment.useAddress': async ({ draftId, attachmentId }) =>
    changeAttachments(draftId, before => putAddress(before, attachmentId)),
  'attachment.mark': async ({ draftId, attachmentId, marks, known }) =>
    redrawn(await markPicture(draftId, attachmentId, marks, known)),
  'attachment.followTicket': async ({ draftId, attachmentId, followsTicket }) => {
    const changed = await changeAttachments(draftId, before =>
      setFollowing(before, attachmentId, followsTicket),
    );
    void preparePictures(draftId).catch(() => {});
    return changed;
  },
  'attachment.remove': async ({ draftId, attachmentId }) =>
    changeAttachments(draftId, before => before.filter(({ id }) => id !== attachmentId)),
} satisfies Partial<Handlers>;

async function changeAttachments(draftId: string, change: (before: Attachment[]) => Attachment[]) {
  return shownAgain(
    await changeDraft(draftId, before => ({ ...before, attachments: change(before.attachments) })),
  );
}
