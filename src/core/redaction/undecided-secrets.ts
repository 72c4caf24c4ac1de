import type { Draft, ImageAttachment } from '../draft.ts';
import type { RedactionRules } from './redaction-rules.ts';
import { type SecretKind, secretKinds } from './secret-kind.ts';
import { type DraftSecret, secretsInDraft } from './secrets-in-draft.ts';

/** What was found and the person has not said anything about: in the texts of the draft, and in its pictures. */
export function undecidedSecrets(draft: Draft, rules: RedactionRules): DraftSecret[] {
  const inPictures = draft.attachments.flatMap(attachment =>
    attachment.kind === 'image' ? secretsLeftIn(attachment, rules) : [],
  );
  return [
    ...secretsInDraft(draft, rules, draft.keptSecrets),
    ...inPictures.filter(({ key }) => !draft.keptSecrets.includes(key)),
  ];
}

/** The kinds that are uncovered in the picture, as it is marked now, and that one of these keys means. */
export function kindsOfPicture(picture: ImageAttachment, keys: ReadonlySet<string>): SecretKind[] {
  return secretKinds.filter(kind => picture.uncovered[kind] && keys.has(keyOf(picture, kind)));
}

function secretsLeftIn(picture: ImageAttachment, { kinds }: RedactionRules): DraftSecret[] {
  return kinds.flatMap(kind =>
    picture.uncovered[kind]
      ? [{ field: 'picture' as const, kind, value: picture.name, key: keyOf(picture, kind) }]
      : [],
  );
}

function keyOf({ id, marksRevision }: ImageAttachment, kind: SecretKind): string {
  return `picture:${id}:${marksRevision}:${kind}`;
}
