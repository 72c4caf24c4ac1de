import {
  type Draft,
  type ImageAttachment,
  type PictureWay,
  pictureWay,
  type SentPicture,
  sentPicture,
} from '../core/draft.ts';
import { cleanPicture } from '../core/image/metadata/clean-picture.ts';
import { losslessFit } from '../core/image/picture-fit.ts';
import { mayGoAsPicked, sentLimitBytes } from '../core/image/sent-as-picked.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { putBlob, readIntactBlob } from '../platform/blob-store.ts';
import { announceChange } from '../platform/changes.ts';
import { decodePicture } from '../platform/decode-picture.ts';
import { fitPicture } from '../platform/fit-picture.ts';
import { flattenPicture } from '../platform/flatten-picture.ts';
import { changeDraft, currentDraft } from '../platform/privileged/draft-store.ts';
import { keepAwake } from '../platform/privileged/keep-awake.ts';
import { deleteUnnamed } from '../platform/privileged/sweep-blobs.ts';

/** What is being made now, by picture, revision and way: a second asker waits for the first one's. */
const underWay = new Map<string, Promise<Result<SentPicture>>>();
/** One at a time, in the order in which they were asked for: each may hold a whole page of pixels. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Makes what will be sent of every picture of the current draft for which that is not made: marks and redactions
 * burnt in first, then fitted to the way that it goes. Once for each picture, its marks and its way. Fails with what
 * went wrong with the first that cannot be made; nothing is sent then, and never the picture itself in its place.
 */
export async function preparePictures(draftId: string): Promise<Result<null>> {
  for (;;) {
    const { draft } = await currentDraft();
    if (draft.id !== draftId) return fail({ kind: 'draft-changed' });
    const attachment = draft.attachments.find(other => isUnprepared(draft.kind, other));
    if (attachment?.kind !== 'image') return ok(null);
    const way = pictureWay(draft.kind, attachment);
    const made = await prepareOnce(draftId, attachment, way);
    if (!made.ok) {
      // It may be gone, or marked anew, by now: then this is no trouble of the draft.
      if (await isStill(draftId, attachment)) return made;
      continue;
    }
    const stored = await changeDraft(draftId, before => withSent(before, attachment, way, made.value));
    if (!stored.ok) {
      // Its draft is gone, perhaps with all that was erased: what was made must not outlive it.
      await deleteUnnamed([made.value.blobId]);
      return stored;
    }
    announceChange({ about: 'draft' });
  }
}

function isUnprepared(kind: Draft['kind'], attachment: Draft['attachments'][number]): boolean {
  return attachment.kind === 'image' && sentPicture(attachment, pictureWay(kind, attachment)) === null;
}

async function isStill(draftId: string, attachment: ImageAttachment): Promise<boolean> {
  const { draft } = await currentDraft();
  return draft.id === draftId && draft.attachments.some(other => isSamePicture(other, attachment));
}

/** The same picture with the same marks. An id alone says less: pixels may come in the place of an address twice. */
function isSamePicture(
  other: Draft['attachments'][number],
  { id, blobId, marksRevision }: ImageAttachment,
): other is ImageAttachment {
  const isSame = other.kind === 'image' && other.id === id && other.blobId === blobId;
  return isSame && other.marksRevision === marksRevision;
}

function withSent(draft: Draft, attachment: ImageAttachment, way: PictureWay, sent: SentPicture): Draft {
  const { marksRevision } = attachment;
  const attachments = draft.attachments.map(other => {
    if (!isSamePicture(other, attachment)) return other;
    const before = other.prepared?.marksRevision === marksRevision ? other.prepared : null;
    return {
      ...other,
      prepared: { ...(before ?? { ticket: null, full: null }), marksRevision, [way]: sent },
    };
  });
  return { ...draft, attachments };
}

function prepareOnce(
  draftId: string,
  attachment: ImageAttachment,
  way: PictureWay,
): Promise<Result<SentPicture>> {
  // A draft that was forked from another one has its pictures under their ids, and other marks on them.
  const { id, blobId, marksRevision } = attachment;
  const key = [draftId, id, blobId, marksRevision, way].join('/');
  const before = underWay.get(key);
  if (before) return before;
  const made = last.then(() => keepAwake(() => prepare(attachment, way)));
  last = made.catch(() => {});
  underWay.set(key, made);
  void made.catch(() => {}).finally(() => underWay.delete(key));
  return made;
}

async function prepare(attachment: ImageAttachment, way: PictureWay): Promise<Result<SentPicture>> {
  const original = await readIntactBlob(attachment.blobId);
  if (original === 'missing') return fail({ kind: 'attachment-missing' });
  if (original === 'altered') return fail({ kind: 'attachment-altered' });
  // Most need nothing at all: not even to be decoded.
  const asPicked = mayGoAsPicked(attachment, way) ? await asPickedOf(attachment, original) : null;
  if (asPicked) return ok(asPicked);
  const decoded = await decodePicture(original);
  if (!decoded.ok) return decoded;
  const { marks, crop } = attachment;
  try {
    const isMarked = marks.length > 0 || crop !== null;
    // From here on a marked picture is the flattened one: the original is never encoded, not even on the way.
    const flat = isMarked ? flattenPicture(decoded.value, { marks, crop }) : decoded;
    if (!flat.ok) return flat;
    const fitted = await fitPicture(flat.value, { limitBytes: sentLimitBytes[way] });
    if (!fitted.ok) return fitted;
    return ok({ blobId: await putBlob(fitted.value.blob), type: 'image/png', fit: fitted.value.fit });
  } finally {
    decoded.value.close();
  }
}

/** The bytes as they were picked, but for what tells where it was taken; null when only its pixels may be sent. */
async function asPickedOf({ blobId, type }: ImageAttachment, original: Blob): Promise<SentPicture | null> {
  const cleaned = cleanPicture(type, new Uint8Array(await original.arrayBuffer()));
  if (cleaned.kind === 'unclear') return null;
  const sent = cleaned.kind === 'as-it-is' ? blobId : await putBlob(new Blob(cleaned.parts, { type }));
  return { blobId: sent, type, fit: losslessFit };
}
