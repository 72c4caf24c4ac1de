import { type Attachment, bodyLimitCharacters, type Draft } from '../draft.ts';
import { fieldLimitsCharacters } from '../field-limits.ts';
import { markTexts, withMarkTexts } from '../marks/with-mark-texts.ts';
import { cutText } from '../text.ts';
import { findSecrets } from './find-secrets.ts';
import type { Finding } from './finding.ts';
import { maskText } from './mask.ts';
import { type IsMasked, maskAddress } from './mask-address.ts';
import type { RedactionRules } from './redaction-rules.ts';
import type { SecretKind } from './secret-kind.ts';
import { viewsOf } from './text-view.ts';

/** Where in a draft a secret stands. */
export type DraftSecretField =
  | 'title'
  | 'body'
  | 'page_url'
  | 'page_title'
  | 'property'
  | 'picture-name'
  | 'image-address'
  | 'mark'
  | 'picture';

/**
 * A secret that the draft would send. The customer's own fields are meant to be sent and hold none, but for what a recipe
 * filled into them: whatever stood on the page.
 */
export interface DraftSecret {
  field: DraftSecretField;
  kind: SecretKind;
  /** As it stands there. */
  value: string;
  /** The same for the same secret, however it is written and wherever it stands: what `keptSecrets` holds. */
  key: string;
}

/** What would leave with the draft, in the order of its fields. `kept`: the keys of what the person lets through. */
export function secretsInDraft(draft: Draft, rules: RedactionRules, kept: readonly string[]): DraftSecret[] {
  return textsOf(draft).flatMap(({ field, text }) =>
    findSecrets(text, rules)
      .map(finding => ({ field, kind: finding.kind, ...valueAndKey(finding, text) }))
      .filter(({ key }) => !kept.includes(key)),
  );
}

/**
 * The draft with its secrets masked: all that are not kept, or only those whose keys are in `only`. A picture with a masked
 * mark has to be made anew; one that is loaded from an address with a secret leaves the draft, for a masked address leads
 * nowhere.
 */
export function maskDraft(
  draft: Draft,
  rules: RedactionRules,
  kept: readonly string[],
  only: readonly string[] | null = null,
): Draft {
  const isMasked: IsMasked = ({ kind }, value) => {
    const key = secretKey(kind, value);
    return !kept.includes(key) && (only === null || only.includes(key));
  };
  const maskedIn = (text: string) =>
    findSecrets(text, rules).filter(finding => isMasked(finding, text.slice(finding.start, finding.end)));
  const masked = (text: string, limitCharacters = Number.POSITIVE_INFINITY) => {
    const findings = maskedIn(text);
    return findings.length === 0 ? text : cutText(maskText(text, findings), limitCharacters);
  };
  const maskedAttachment = (attachment: Attachment): Attachment[] => {
    if (attachment.kind === 'image-url') return maskedIn(attachment.url).length === 0 ? [attachment] : [];
    const name = masked(attachment.name, fieldLimitsCharacters.fileName);
    if (attachment.kind === 'file') return [{ ...attachment, name }];
    return [withMarkTexts({ ...attachment, name }, text => masked(text))];
  };
  const { page_url, page_title } = draft.page;
  const { name, companyId } = readByRecipe(draft);
  return {
    ...draft,
    ...(name === '' ? {} : { customerName: masked(name, fieldLimitsCharacters.customerName) }),
    // A masked id would be another one.
    ...(maskedIn(companyId).length === 0 ? {} : { company: null, companyText: '' }),
    title: masked(draft.title, fieldLimitsCharacters.title),
    body: masked(draft.body, bodyLimitCharacters),
    page: {
      ...draft.page,
      ...(page_url === undefined ? {} : { page_url: maskAddress(page_url, rules, isMasked) }),
      ...(page_title === undefined ? {} : { page_title: masked(page_title, pageTitleLimitCharacters) }),
    },
    properties: draft.properties.map(property =>
      property.isSent
        ? { ...property, value: masked(property.value, fieldLimitsCharacters.propertyValue) }
        : property,
    ),
    attachments: draft.attachments.flatMap(maskedAttachment),
  };
}

/** A mask may be longer than what it stands for; the stored record allows more than a title needs. */
const pageTitleLimitCharacters = 1_000;

/** Of what is sent, what may hold a secret by mistake. */
function textsOf(draft: Draft): { field: DraftSecretField; text: string }[] {
  const details = (['page_url', 'page_title'] as const)
    .filter(name => draft.kind === 'ticket' && !draft.omittedDetails.includes(name))
    .map(field => ({ field, text: draft.page[field] ?? '' }));
  const properties = draft.properties
    .filter(({ isSent }) => draft.kind === 'ticket' && isSent)
    .map(({ value }) => ({ field: 'property' as const, text: value }));
  const { name, companyId } = readByRecipe(draft);
  const ofCustomer = (draft.kind === 'ticket' ? [name, companyId] : []).map(text => ({
    field: 'property' as const,
    text,
  }));
  return [
    { field: 'title' as const, text: draft.kind === 'ticket' ? draft.title : '' },
    { field: 'body' as const, text: draft.body },
    ...details,
    ...ofCustomer,
    ...properties,
    ...draft.attachments.flatMap(textsOfAttachment),
  ].filter(({ text }) => text !== '');
}

/** What is sent of the customer and the company as a recipe read it; empty where the person wrote or chose it. */
function readByRecipe({ recipe, customerName, company }: Draft): { name: string; companyId: string } {
  const { customerName: readName, company: readCompany } = recipe?.fields ?? {};
  return {
    name: customerName === readName ? customerName : '',
    companyId: company && company.value === readCompany?.value ? company.value : '',
  };
}

function textsOfAttachment(attachment: Attachment): { field: DraftSecretField; text: string }[] {
  if (attachment.kind === 'image-url') return [{ field: 'image-address', text: attachment.url }];
  return [
    { field: 'picture-name', text: attachment.name },
    ...(attachment.kind === 'file' ? [] : markTexts(attachment)).map(text => ({
      field: 'mark' as const,
      text,
    })),
  ];
}

function valueAndKey({ kind, start, end }: Finding, text: string): { value: string; key: string } {
  const value = text.slice(start, end);
  return { value, key: secretKey(kind, value) };
}

/** The kind and a fingerprint of the value, so that what is remembered is no second copy of a secret. */
export function secretKey(kind: SecretKind, value: string): string {
  const plain = viewsOf(value).at(-1)?.text ?? '';
  const lowerCase = plain.toLowerCase();
  const same =
    kind === 'phone' || kind === 'card'
      ? plain.replace(/[^0-9]/g, '')
      : kind === 'iban'
        ? lowerCase.replace(/[^0-9a-z]/g, '')
        : kind === 'email' || kind === 'own'
          ? lowerCase
          : plain;
  return `${kind}:${fingerprint(same)}`;
}

/** 64 bits of FNV-1a, in hex. https://datatracker.ietf.org/doc/draft-eastlake-fnv/ */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
