import {
  type Draft,
  type FileAttachment,
  type ImageAttachment,
  type PictureWay,
  pictureWay,
  type SentPicture,
  sentPicture,
} from './draft.ts';
import { sentFileName } from './file-name.ts';
import type { RequestFile } from './outbox/job.ts';
import { cutText } from './text.ts';

// The pictures and files of a draft as a request names them.

/** A picture with what leaves of it. */
export interface Picture {
  attachment: ImageAttachment;
  way: PictureWay;
  sent: SentPicture;
}

/** The pictures with what leaves of each; null while one of them is not made. */
export function picturesToSend(draft: Draft): Picture[] | null {
  const pictures: Picture[] = [];
  for (const attachment of draft.attachments) {
    if (attachment.kind !== 'image') continue;
    const way = pictureWay(draft.kind, attachment);
    const sent = sentPicture(attachment, way);
    if (!sent) return null;
    pictures.push({ attachment, way, sent });
  }
  return pictures;
}

/** The files of a reply in the order in which they stand in the draft: its pictures, and of its other files those that are wanted. */
export function filesInOrder(
  draft: Pick<Draft, 'attachments'>,
  pictures: readonly Picture[],
  isWanted: (file: FileAttachment) => boolean,
): RequestFile[] {
  return draft.attachments.flatMap(attachment => {
    if (attachment.kind === 'file') {
      const { blobId, name, type } = attachment;
      return isWanted(attachment) ? [{ blobId, name: sentFileName(name), type }] : [];
    }
    const picture = pictures.find(other => other.attachment === attachment);
    return picture ? [fullFile(picture)] : [];
  });
}

/** A picture that goes as it was picked keeps its name; a PNG that was made of it is named as one. */
function fullFile({ attachment: { name, type }, sent }: Picture): RequestFile {
  const isAsPicked = sent.type === type && hasEndingOf(name, type);
  const kept = isAsPicked
    ? name
    : `${cutText(name.replace(/\.[a-z0-9]{1,5}$/i, ''), 150)}${endingOf(sent.type)}`;
  return { blobId: sent.blobId, name: sentFileName(kept), type: sent.type };
}

const endings: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['.png', '.apng'],
  'image/jpeg': ['.jpg', '.jpeg', '.jpe', '.jfif'],
  'image/webp': ['.webp'],
  'image/gif': ['.gif'],
  'image/avif': ['.avif'],
  'image/bmp': ['.bmp'],
  'image/x-icon': ['.ico'],
};

function endingOf(type: string): string {
  return endings[type]?.[0] ?? '';
}

function hasEndingOf(name: string, type: string): boolean {
  return (endings[type] ?? ['']).some(ending => name.toLowerCase().endsWith(ending));
}
