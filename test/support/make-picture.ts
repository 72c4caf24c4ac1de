import type { ImageAttachment, SentPicture } from '../../src/core/draft.ts';
import { losslessFit } from '../../src/core/image/picture-fit.ts';

/** A picture of a draft, ready to be sent both ways as it is; `changes` say what matters. */
export function makePicture(changes: Partial<ImageAttachment> = {}): ImageAttachment {
  const blobId = changes.blobId ?? 'blob';
  const asItIs: SentPicture = { blobId, type: 'image/png', fit: losslessFit };
  return {
    kind: 'image',
    id: 'picture',
    blobId,
    name: 'Visible area',
    type: 'image/png',
    widthPx: 800,
    heightPx: 600,
    sizeBytes: 1_000,
    marks: [],
    crop: null,
    marksRevision: 0,
    wordsBlobId: null,
    isSearchedWhole: false,
    uncovered: {},
    prepared: { marksRevision: changes.marksRevision ?? 0, ticket: asItIs, full: asItIs },
    followsTicket: false,
    cutAtPx: null,
    publicUrl: null,
    ...changes,
  };
}
