import type { ImageAttachment, PictureWay, SentPicture } from '../draft.ts';
import { replyFileLimitBytes, ticketPngLimitBytes } from './fit-plan.ts';

export const sentLimitBytes: Readonly<Record<PictureWay, number>> = {
  ticket: ticketPngLimitBytes,
  full: replyFileLimitBytes,
};

/** What the vendor's page names for the pictures of a ticket. */
const ticketTypes: readonly string[] = ['image/png', 'image/jpeg'];

/** Whether a picture may leave as it was picked or captured: nothing is drawn on it, and its type and size are taken. */
export function mayGoAsPicked(
  { marks, crop, type, sizeBytes }: Pick<ImageAttachment, 'marks' | 'crop' | 'type' | 'sizeBytes'>,
  way: PictureWay,
): boolean {
  const isPlain = marks.length === 0 && crop === null;
  return isPlain && (way === 'full' || ticketTypes.includes(type)) && sizeBytes <= sentLimitBytes[way];
}

/** Whether other bytes are sent only because something hidden in the picked ones might tell a place. */
export function wasCleaned(attachment: ImageAttachment, way: PictureWay, sent: SentPicture): boolean {
  return mayGoAsPicked(attachment, way) && sent.blobId !== attachment.blobId;
}
