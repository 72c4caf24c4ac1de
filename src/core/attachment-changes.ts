import { type Attachment, attachmentLimit, type ImageAttachment } from './draft.ts';

/** The attachments with one of them at another place; past the end means the end. */
export function moveAttachment(
  attachments: readonly Attachment[],
  id: string,
  toIndex: number,
): Attachment[] {
  const moved = attachments.filter(attachment => attachment.id === id);
  return attachments.filter(attachment => attachment.id !== id).toSpliced(toIndex, 0, ...moved);
}

/**
 * The attachments with pictures in the place of the address that names them; the first is known under its id. One alone
 * can be named by its address again. Null when the address is gone, or there is no room for all.
 */
export function putPixels(
  attachments: readonly Attachment[],
  id: string,
  pictures: readonly ImageAttachment[],
): Attachment[] | null {
  const named = attachments.find(attachment => attachment.id === id);
  if (named?.kind !== 'image-url' || attachments.length - 1 + pictures.length > attachmentLimit) return null;
  const publicUrl = pictures.length === 1 ? named.url : null;
  return attachments.flatMap((attachment): Attachment[] =>
    attachment === named
      ? pictures.map((picture, index) => (index === 0 ? { ...picture, id, publicUrl } : picture))
      : [attachment],
  );
}

/** Whether a picture can be named by its address again: what is drawn on it, and covered, would not be there. */
export function mayGoByAddress(
  attachment: Attachment,
): attachment is ImageAttachment & { publicUrl: string } {
  if (attachment.kind !== 'image' || attachment.publicUrl === null) return false;
  return attachment.marks.length === 0 && attachment.crop === null;
}

/** The attachments with a picture named by its address, where it can be. */
export function putAddress(attachments: readonly Attachment[], id: string): Attachment[] {
  return attachments.map(attachment =>
    attachment.id === id && mayGoByAddress(attachment)
      ? { kind: 'image-url', id, url: attachment.publicUrl }
      : attachment,
  );
}

/** The attachments with one that goes with a reply behind the ticket, or does not. */
export function setFollowing(
  attachments: readonly Attachment[],
  id: string,
  followsTicket: boolean,
): Attachment[] {
  return attachments.map(attachment =>
    attachment.id === id && attachment.kind !== 'image-url' ? { ...attachment, followsTicket } : attachment,
  );
}
