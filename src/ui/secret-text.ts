import { type SecretKind, secretKinds } from '../core/redaction/secret-kind.ts';
import type { DraftSecret, DraftSecretField } from '../core/redaction/secrets-in-draft.ts';
import { clip, oneLine } from '../core/text.ts';
import { type TextKey, text } from '../platform/localised-text.ts';

const kindTexts: Record<SecretKind, { label: TextKey; example: TextKey; one: TextKey; many: TextKey }> = {
  email: {
    label: 'secretKindEmail',
    example: 'secretExampleEmail',
    one: 'secretCountEmailOne',
    many: 'secretCountEmailMany',
  },
  phone: {
    label: 'secretKindPhone',
    example: 'secretExamplePhone',
    one: 'secretCountPhoneOne',
    many: 'secretCountPhoneMany',
  },
  card: {
    label: 'secretKindCard',
    example: 'secretExampleCard',
    one: 'secretCountCardOne',
    many: 'secretCountCardMany',
  },
  iban: {
    label: 'secretKindIban',
    example: 'secretExampleIban',
    one: 'secretCountIbanOne',
    many: 'secretCountIbanMany',
  },
  token: {
    label: 'secretKindToken',
    example: 'secretExampleToken',
    one: 'secretCountTokenOne',
    many: 'secretCountTokenMany',
  },
  password: {
    label: 'secretKindPassword',
    example: 'secretExamplePassword',
    one: 'secretCountPasswordOne',
    many: 'secretCountPasswordMany',
  },
  own: {
    label: 'secretKindOwn',
    example: 'secretExampleOwn',
    one: 'secretCountOwnOne',
    many: 'secretCountOwnMany',
  },
};

const fieldTexts: Record<DraftSecretField, TextKey> = {
  title: 'secretFieldTitle',
  body: 'secretFieldBody',
  page_url: 'secretFieldPageUrl',
  page_title: 'secretFieldPageTitle',
  property: 'secretFieldProperty',
  'picture-name': 'secretFieldPictureName',
  'image-address': 'secretFieldImageAddress',
  mark: 'secretFieldMark',
  picture: 'secretFieldPicture',
};

const valueLimitCharacters = 40;

export function secretKindLabel(kind: SecretKind): string {
  return text(kindTexts[kind].label);
}

export function secretKindExample(kind: SecretKind): string {
  return text(kindTexts[kind].example);
}

/** One secret, wherever it stands. */
export interface ShownSecret {
  key: string;
  kind: SecretKind;
  /** On one line and short. */
  value: string;
  /** The fields that it stands in, named. */
  fields: string;
}

/** What was found, each secret once. */
export function shownSecrets(secrets: readonly DraftSecret[]): ShownSecret[] {
  const byKey = new Map<string, { kind: SecretKind; value: string; fields: Set<string> }>();
  for (const { key, kind, value, field } of secrets) {
    const shown = byKey.get(key) ?? {
      kind,
      value: clip(oneLine(value), valueLimitCharacters),
      fields: new Set(),
    };
    shown.fields.add(text(fieldTexts[field]));
    byKey.set(key, shown);
  }
  return Array.from(byKey, ([key, { fields, ...rest }]) => ({
    key,
    ...rest,
    fields: [...fields].join(', '),
  }));
}

/** `2 email addresses, 1 card number` */
export function secretCountsText(secrets: readonly ShownSecret[]): string {
  return secretKinds
    .map(kind => ({ kind, count: secrets.filter(secret => secret.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => (count === 1 ? text(kindTexts[kind].one) : text(kindTexts[kind].many, count)))
    .join(', ');
}
