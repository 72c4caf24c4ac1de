import type { UpgradeTransaction } from '../schema.ts';

type Fields = Record<string, unknown>;

/**
 * Marks on pictures, and what is sent of a picture apart from the picture itself.
 *
 * Records are changed as loose objects: what is not the shape that version 2 wrote is left as it is, and is put
 * into quarantine by the first look at it.
 */
export async function toVersion3(tx: UpgradeTransaction): Promise<void> {
  for await (const cursor of tx.objectStore('drafts')) {
    const draft = asFields(cursor.value);
    if (draft?.['version'] !== 2) continue;
    const attachments = draft['attachments'];
    const changed = {
      ...draft,
      version: 3,
      keptSecrets: [],
      attachments: Array.isArray(attachments) ? attachments.map(attachmentOfVersion3) : attachments,
    };
    // The present types say nothing of what an old version wrote.
    await (cursor as unknown as { update(row: Fields): Promise<void> }).update(changed);
  }
}

function attachmentOfVersion3(value: unknown): unknown {
  const attachment = asFields(value);
  if (attachment?.['kind'] !== 'image') return value;
  const { ticketBlobId, ticketScale, ...kept } = attachment;
  const sent = (blobId: unknown, scale: unknown) => ({ blobId, fit: { maxError: 0, colours: null, scale } });
  return {
    ...kept,
    marks: [],
    crop: null,
    marksRevision: 0,
    wordsBlobId: null,
    isSearchedWhole: false,
    uncovered: {},
    prepared: {
      marksRevision: 0,
      ticket: sent(ticketBlobId, ticketScale),
      full: sent(kept['blobId'], 1),
    },
    sendsFull: false,
    cutAtPx: null,
  };
}

function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? (value as Fields) : null;
}
