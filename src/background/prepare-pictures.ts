import {
  type Draft,
  type ImageAttachment,
  type PictureWay,
  pictureWay,
  type SentPicture,
  sentPicture,
} from '../core/draft.ts';
import { replyFileLimitBytes, ticketPngLimitBytes } from '../core/image/fit-plan.ts';
import { losslessFit } from '../core/image/picture-fit.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { putBlob, readIntactBlob } from '../platform/blob-store.ts';
import { announceChange } from '../platform/changes.ts';
import { decodePicture } from '../platform/decode-picture.ts';
import { fitPicture } from '../platform/fit-picture.ts';
import { flattenPicture } from '../platform/flatten-picture.ts';
import { changeDraft, currentDraft } from '../platform/privileged/draft-store.ts';
import { keepAwake } from '../platform/privileged/keep-awake.ts';

const limitBytes: Readonly<Record<PictureWay, number>> = {
  ticket: ticketPngLimitBytes,
  full: replyFileLimitBytes,
};

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
    if (!stored.ok) return stored;
    announceChange({ about: 'draft' });
  }
}

function isUnprepared(kind: Draft['kind'], attachment: Draft['attachments'][number]): boolean {
  return attachment.kind === 'image' && sentPicture(attachment, pictureWay(kind, attachment)) === null;
}

async function isStill(draftId: string, { id, marksRevision }: ImageAttachment): Promise<boolean> {
  const { draft } = await currentDraft();
  const found = draft.attachments.find(other => other.id === id);
  return draft.id === draftId && found?.kind === 'image' && found.marksRevision === marksRevision;
}

function withSent(
  draft: Draft,
  { id, marksRevision }: ImageAttachment,
  way: PictureWay,
  sent: SentPicture,
): Draft {
  const attachments = draft.attachments.map(other => {
    if (other.kind !== 'image' || other.id !== id || other.marksRevision !== marksRevision) return other;
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
  const key = `${draftId}/${attachment.id}/${attachment.marksRevision}/${way}`;
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
  const { marks, crop } = attachment;
  const isMarked = marks.length > 0 || crop !== null;
  // Most need nothing at all: not even to be decoded.
  if (!isMarked && original.size <= limitBytes[way]) {
    return ok({ blobId: attachment.blobId, type: attachment.type, fit: losslessFit });
  }
  const decoded = await decodePicture(original);
  if (!decoded.ok) return decoded;
  try {
    // From here on a marked picture is the flattened one: the original is never encoded, not even on the way.
    const flat = isMarked ? flattenPicture(decoded.value, { marks, crop }) : decoded;
    if (!flat.ok) return flat;
    const fitted = await fitPicture(flat.value, { limitBytes: limitBytes[way] });
    if (!fitted.ok) return fitted;
    return ok({ blobId: await putBlob(fitted.value.blob), type: 'image/png', fit: fitted.value.fit });
  } finally {
    decoded.value.close();
  }
}
