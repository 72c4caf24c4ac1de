import type { MessageInput } from '../contract/messages.ts';
import { putPixels } from '../core/attachment-changes.ts';
import type { Draft, FileAttachment, ImageAttachment } from '../core/draft.ts';
import { replyFileLimitBytes } from '../core/image/fit-plan.ts';
import { placeInFile } from '../core/image/metadata/place-in-file.ts';
import { isPublicAddress } from '../core/public-address.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { deleteBlob, getBlob } from '../platform/blob-store.ts';
import { newId } from '../platform/new-id.ts';
import { currentDraft } from '../platform/privileged/draft-store.ts';
import { pageDetails } from '../platform/privileged/page-details.ts';
import type { PageTarget } from '../platform/privileged/page-target.ts';
import { untilErased } from './erasing.ts';
import { addAttachments, replaceAttachments } from './evidence.ts';
import { capturePicture } from './picture-capture.ts';
import { preparePictures } from './prepare-pictures.ts';
import { pictureOf } from './store-picture.ts';
import { broughtByPage } from './template-flow.ts';

// Files that the person gives, and pictures of a page that are named by their address.

/**
 * Adds a stored file to the draft: as a picture when its bytes are one, else as a file. What cannot be added is not
 * kept.
 */
export async function addFile(given: MessageInput<'attachment.add'>): Promise<Result<Draft>> {
  const { draftId, blobId } = given;
  const begun = untilErased();
  const made = await attachmentOf(given);
  const added = made.ok ? await addAttachments([made.value], {}, { shownDraftId: draftId, begun }) : made;
  if (added.ok) void preparePictures(added.value.id).catch(() => {});
  else await deleteBlob(blobId);
  return added;
}

async function attachmentOf({
  blobId,
  name,
  type,
}: MessageInput<'attachment.add'>): Promise<Result<ImageAttachment | FileAttachment>> {
  const blob = await getBlob(blobId);
  if (!blob) return fail({ kind: 'attachment-missing' });
  const { size: sizeBytes } = blob;
  if (sizeBytes === 0) return fail({ kind: 'file-empty', name });
  if (sizeBytes > replyFileLimitBytes) {
    return fail({ kind: 'file-too-large', name, limitBytes: replyFileLimitBytes });
  }
  const picture = await pictureOf(blob, blobId, name);
  if (picture) return ok(picture);
  const knownType = type === '' ? 'application/octet-stream' : type;
  const place = placeInFile(new Uint8Array(await blob.arrayBuffer()));
  return ok({
    kind: 'file',
    id: newId(),
    blobId,
    name,
    type: knownType,
    sizeBytes,
    followsTicket: false,
    ...(place === 'none' ? {} : { place }),
  });
}

/** An image that was right-clicked, as the browser tells of it. */
export interface ClickedImage {
  address: string;
  /** In a frame inside of the page: there it cannot be found again. */
  isInFrame: boolean;
}

/**
 * Adds an image of a page: by its address when everybody can load it, so that Assembly does and we never do; else as
 * a picture that is taken of it.
 */
export async function addImageOfPage(
  page: PageTarget,
  { address, isInFrame }: ClickedImage,
): Promise<Result<Draft>> {
  if (isPublicAddress(address)) {
    const begun = untilErased();
    const details = await pageDetails(page);
    const { fill } = await broughtByPage(page);
    return addAttachments([{ kind: 'image-url', id: newId(), url: address }], details, { begun, fill });
  }
  if (address === '' || isInFrame) return fail({ kind: 'image-not-found' });
  return capturePicture('image', page, { imageAddress: address });
}

/** Takes the picture of an image that is named by its address, from the page, in the place of its address. */
export async function usePixels(
  page: PageTarget,
  draftId: string,
  attachmentId: string,
): Promise<Result<Draft>> {
  const { draft } = await currentDraft();
  const named = draft.attachments.find(({ id }) => id === attachmentId);
  if (draft.id !== draftId) return fail({ kind: 'draft-changed' });
  if (named?.kind !== 'image-url') return fail({ kind: 'not-found' });
  return capturePicture('image', page, {
    imageAddress: named.url,
    shownDraftId: draftId,
    add: pictures =>
      replaceAttachments(draftId, attachments => putPixels(attachments, attachmentId, pictures)),
  });
}
