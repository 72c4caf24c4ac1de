/** Which picture of which draft is marked. */
export interface EditorAddress {
  draftId: string;
  attachmentId: string;
}

const pattern = /^#([0-9a-f]{32})\/([0-9a-f]{32})$/;

/** Reads `#<draftId>/<attachmentId>`; null for anything else. Nothing else of the address is looked at. */
export function parseEditorAddress(hash: string): EditorAddress | null {
  const [, draftId, attachmentId] = pattern.exec(hash) ?? [];
  return draftId === undefined || attachmentId === undefined ? null : { draftId, attachmentId };
}
