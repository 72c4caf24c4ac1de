import type { Draft, ImageAttachment } from '../core/draft.ts';
import type { Rect } from '../core/image/geometry.ts';
import type { Mark, PictureMarks } from '../core/marks/mark.ts';
import { withRedactionsSince } from '../core/marks/redactions-since.ts';
import { placesOfWords } from '../core/redaction/find-words.ts';
import type { PageWords } from '../core/redaction/page-words.ts';
import { redactWordsInDraft } from '../core/redaction/redact-words-in-draft.ts';
import type { SecretKind } from '../core/redaction/secret-kind.ts';
import { maskDraft } from '../core/redaction/secrets-in-draft.ts';
import { secretsInWords } from '../core/redaction/secrets-in-picture.ts';
import { uncoveredSecrets } from '../core/redaction/uncovered-secrets.ts';
import { kindsOfPicture } from '../core/redaction/undecided-secrets.ts';
import { fail, type Result } from '../core/result.ts';
import { newId } from '../platform/new-id.ts';
import { type ChangedDraft, changeDraft, currentDraft } from '../platform/privileged/draft-store.ts';
import { readSettings } from '../platform/settings-store.ts';
import { preparePictures } from './prepare-pictures.ts';
import { readWords } from './store-picture.ts';

// Whatever covers or uncovers something in the draft, in its texts and in its pictures.

/**
 * Stores what is drawn on a picture, and looks what that leaves uncovered. `known`: the ids of the marks that the editor
 * had; what was covered since by other means stays covered.
 */
export async function markPicture(
  draftId: string,
  attachmentId: string,
  { marks, crop }: PictureMarks,
  known: readonly string[],
): Promise<Result<ChangedDraft>> {
  const mark = await marker(draftId);
  let isThere = false;
  const stored = await changed(draftId, draft => {
    isThere = draft.attachments.some(({ id, kind }) => id === attachmentId && kind === 'image');
    if (!isThere) return draft;
    return withPictures(draft, picture =>
      picture.id === attachmentId
        ? mark(picture, { marks: withRedactionsSince(picture.marks, marks, known), crop })
        : picture,
    );
  });
  return stored.ok && !isThere ? fail({ kind: 'not-found' }) : stored;
}

/** Masks the found secrets of these keys: in texts by a word for them, in pictures by a redaction. */
export async function maskSecrets(draftId: string, keys: readonly string[]): Promise<Result<ChangedDraft>> {
  const { redaction } = await readSettings();
  const words = await wordsOfPictures(draftId);
  const mark = await marker(draftId, words);
  const wanted = new Set(keys);
  return changed(draftId, before => {
    const asked = new Map(before.attachments.map(attachment => [attachment.id, attachment]));
    return withPictures(maskDraft(before, redaction, [], keys), picture => {
      const found = words.get(picture.id);
      // As it was when the keys were made: a mask in the text of a mark makes other keys.
      const earlier = asked.get(picture.id);
      const kinds = earlier?.kind === 'image' ? kindsOfPicture(earlier, wanted) : [];
      if (!found || kinds.length === 0) return picture;
      const places = secretsInWords(found, { ...redaction, kinds });
      return mark(picture, covering(picture, places));
    });
  });
}

/** Masks words wherever they stand in the draft. */
export async function redactWords(
  draftId: string,
  phrases: readonly string[],
): Promise<Result<ChangedDraft>> {
  const words = await wordsOfPictures(draftId);
  const mark = await marker(draftId, words);
  return changed(draftId, before =>
    withPictures(redactWordsInDraft(before, phrases), picture => {
      const found = words.get(picture.id);
      const places = found ? phrases.flatMap(phrase => placesOfWords(found, phrase)) : [];
      const covered = covering(
        picture,
        places.map(rect => ({ kind: null, rect })),
      );
      return covered.marks.length === picture.marks.length ? picture : mark(picture, covered);
    }),
  );
}

async function changed(draftId: string, apply: (draft: Draft) => Draft): Promise<Result<ChangedDraft>> {
  const result = await changeDraft(draftId, apply);
  if (result.ok) void preparePictures(draftId).catch(() => {});
  return result;
}

/** Puts marks on a picture and counts what they leave uncovered. The words are read first: no transaction waits for them. */
async function marker(draftId: string, known?: ReadonlyMap<string, PageWords>) {
  const { redaction } = await readSettings();
  const words = known ?? (await wordsOfPictures(draftId));
  return (picture: ImageAttachment, { marks, crop }: PictureMarks): ImageAttachment => {
    const found = words.get(picture.id);
    return {
      ...picture,
      marks: [...marks],
      crop,
      marksRevision: picture.marksRevision + 1,
      // Words that cannot be read any more uncover nothing, and cover nothing either.
      uncovered: found
        ? uncoveredSecrets(secretsInWords(found, redaction), { marks, crop })
        : picture.uncovered,
    };
  };
}

async function wordsOfPictures(draftId: string): Promise<Map<string, PageWords>> {
  const { draft } = await currentDraft();
  const words = new Map<string, PageWords>();
  if (draft.id !== draftId) return words;
  for (const attachment of draft.attachments) {
    const read = attachment.kind === 'image' ? await readWords(attachment) : null;
    if (read) words.set(attachment.id, read);
  }
  return words;
}

/** The picture's marks, and redactions over those of the places that can still be seen. */
function covering(
  { marks, crop }: ImageAttachment,
  places: readonly { kind: SecretKind | null; rect: Rect }[],
): PictureMarks {
  const covered: Mark[] = [...marks];
  for (const { kind, rect } of places) {
    const isOpen = Object.keys(uncoveredSecrets([{ kind: kind ?? 'own', rect }], { marks: covered, crop }));
    if (isOpen.length > 0) covered.push({ id: newId(), tool: 'redact', rect, found: kind });
  }
  return { marks: covered, crop };
}

function withPictures(draft: Draft, apply: (picture: ImageAttachment) => ImageAttachment): Draft {
  return {
    ...draft,
    attachments: draft.attachments.map(other => (other.kind === 'image' ? apply(other) : other)),
  };
}
