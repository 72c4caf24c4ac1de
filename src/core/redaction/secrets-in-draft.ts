import type { Draft } from '../draft.ts';
import { type DraftTextField, textsOf, withTexts } from '../draft-texts.ts';
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
  const isRead = readByRecipe(draft);
  return textsOf(draft).flatMap(({ field: textField, text, isSent }) => {
    const field = isSent && isRead(textField) ? lookedThrough[textField] : undefined;
    if (field === undefined) return [];
    return findSecrets(text, rules)
      .map(finding => ({ field, kind: finding.kind, ...valueAndKey(finding, text) }))
      .filter(({ key }) => !kept.includes(key));
  });
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
  const isRead = readByRecipe(draft);
  return withTexts(draft, ({ field, text, limitCharacters, isSent }) => {
    const isLookedThrough = lookedThrough[field] !== undefined && isRead(field);
    // A property that is switched off may be switched on again, and is asked about then.
    if (!isLookedThrough || (field === 'property' && !isSent)) return text;
    if (field === 'page_url') return maskAddress(text, rules, isMasked);
    const findings = findSecrets(text, rules).filter(finding =>
      isMasked(finding, text.slice(finding.start, finding.end)),
    );
    return findings.length === 0 ? text : cutText(maskText(text, findings), limitCharacters);
  });
}

/** The texts that may hold a secret by mistake, by what they are called when one is told. */
const lookedThrough: Partial<Record<DraftTextField, DraftSecretField>> = {
  title: 'title',
  body: 'body',
  page_url: 'page_url',
  page_title: 'page_title',
  'customer-name': 'property',
  company: 'property',
  property: 'property',
  'picture-name': 'picture-name',
  'image-address': 'image-address',
  mark: 'mark',
};

/** What the person wrote or chose as the customer and the company is meant to be sent; what a recipe read may be anything. */
function readByRecipe({ recipe, customerName, company }: Draft): (field: DraftTextField) => boolean {
  const { customerName: readName, company: readCompany } = recipe?.fields ?? {};
  return field => {
    if (field === 'customer-name') return customerName === readName;
    if (field === 'company') return company !== null && company.value === readCompany?.value;
    return true;
  };
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
