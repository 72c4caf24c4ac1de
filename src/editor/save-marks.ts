import type { PictureMarks } from '../core/marks/mark.ts';
import { ok, type Result } from '../core/result.ts';
import { send } from '../platform/send.ts';
import type { EditorAddress } from './editor-address.ts';

/**
 * Saves the marks, and then covers the words elsewhere. After a failure all of it can be done again. `known`: the ids of
 * all marks that were there or were saved before.
 */
export async function saveMarks(
  { draftId, attachmentId }: EditorAddress,
  marks: PictureMarks,
  known: string[],
  words: string[],
): Promise<Result<null>> {
  const saved = await send('attachment.mark', { draftId, attachmentId, marks, known });
  if (!saved.ok) return saved;
  if (words.length === 0) return ok(null);
  const covered = await send('draft.redactWords', { draftId, words });
  return covered.ok ? ok(null) : covered;
}
