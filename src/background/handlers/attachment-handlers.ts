import { fail } from '../../core/result.ts';
import { getBlob } from '../../platform/blob-store.ts';
import { changeDraft } from '../../platform/privileged/draft-store.ts';
import type { Handlers } from '../../platform/privileged/route-message.ts';
import type { CaptureFlow } from '../capture-flow.ts';
import { preparePictures } from '../prepare-pictures.ts';
import { markPicture } from '../redaction-flow.ts';
import { redrawn, shownAgain } from './answers.ts';

/** The pictures and files of the draft. */
export function attachmentHandlers(flow: CaptureFlow) {
  return {
    'attachment.add': async ({ draftId, blobId, name }) => {
      const blob = await getBlob(blobId);
      return blob ? flow.addImage(blob, name, draftId) : fail({ kind: 'attachment-missing' });
    },
    'attachment.move': async () => fail({ kind: 'not-found' }),
    'attachment.usePixels': async () => fail({ kind: 'not-found' }),
    'attachment.useAddress': async () => fail({ kind: 'not-found' }),
    'attachment.mark': async ({ draftId, attachmentId, marks }) =>
      redrawn(await markPicture(draftId, attachmentId, marks)),
    'attachment.followTicket': async ({ draftId, attachmentId, followsTicket }) => {
      const changed = await changeDraft(draftId, before => ({
        ...before,
        attachments: before.attachments.map(attachment =>
          attachment.id === attachmentId && attachment.kind !== 'image-url'
            ? { ...attachment, followsTicket }
            : attachment,
        ),
      }));
      void preparePictures(draftId).catch(() => {});
      return shownAgain(changed);
    },
    'attachment.remove': async ({ draftId, attachmentId }) =>
      shownAgain(
        await changeDraft(draftId, before => ({
          ...before,
          attachments: before.attachments.filter(attachment => attachment.id !== attachmentId),
        })),
      ),
  } satisfies Partial<Handlers>;
}
