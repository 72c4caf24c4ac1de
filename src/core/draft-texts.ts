import {
  type Attachment,
  bodyLimitCharacters,
  type Draft,
  type PageDetailName,
  type PageDetails,
  pageDetailNames,
} from './draft.ts';
import { fieldLimitsCharacters as limits } from './field-limits.ts';
import { withMarkTexts } from './marks/with-mark-texts.ts';

// What a draft says: the one list that a request is made of, that is looked through for what is private, and that is masked.

/** The fields that say whom and what a ticket is for: a mask in one of them would name somebody else, or nobody. */
export const addressingFields = [
  'customer-email',
  'customer-name',
  'company',
  'category',
  'reply-target',
  'property-name',
] as const;
export type AddressingField = (typeof addressingFields)[number];

/**
 * Where a text stands in a draft. `kept-address`: where a picture was added from, and can be sent by again. `template`: what
 * a template fills in again.
 */
export type DraftTextField =
  | 'title'
  | 'body'
  | PageDetailName
  | 'property'
  | 'picture-name'
  | 'image-address'
  | 'kept-address'
  | 'mark'
  | 'template'
  | AddressingField;

export interface DraftText {
  field: DraftTextField;
  text: string;
  /** What there is room for, in UTF-16 units. */
  limitCharacters: number;
  /** Whether it leaves with the draft as it is now: a reply has no title, and a detail can be switched off. */
  isSent: boolean;
}

/** Answers what is to stand there. */
export type ChangeText = (text: DraftText) => string;

/** The fields of a draft whose texts are sent. */
type SentFields = Pick<
  Draft,
  | 'title'
  | 'body'
  | 'page'
  | 'customerEmail'
  | 'customerName'
  | 'company'
  | 'companyText'
  | 'properties'
  | 'category'
  | 'replyTarget'
  | 'attachments'
>;

/** What a request is made of. Whatever text of a draft is not in here, and so not in the list, cannot get into one. */
export type SentDraft = SentFields & Pick<Draft, 'kind' | 'omittedDetails' | 'capturedAt'>;

/** A mask may be longer than what it stands for; the stored record allows more than a title needs. */
const pageDetailLimitCharacters = 1_000;

/** The texts of a draft in the order of its fields, without those that are empty. */
export function textsOf(draft: Draft): DraftText[] {
  const texts: DraftText[] = [];
  withTexts(draft, found => {
    if (found.text !== '') texts.push(found);
    return found.text;
  });
  return texts;
}

/**
 * The draft with each of its texts as `change` answers it. A company or an image with another address would be another one:
 * the company is then none, the image leaves the draft, and a picture cannot be sent by its address any more. Another text
 * on a picture raises its `marksRevision`.
 */
export function withTexts(draft: Draft, change: ChangeText): Draft {
  const ofTicket = draft.kind === 'ticket';
  const of = (field: DraftTextField, text: string, limitCharacters: number, isSent: boolean) =>
    text === '' ? text : change({ field, text, limitCharacters, isSent });
  const changed: SentFields = {
    title: of('title', draft.title, limits.title, ofTicket),
    body: of('body', draft.body, bodyLimitCharacters, true),
    page: withDetails(draft, of),
    customerEmail: of('customer-email', draft.customerEmail, limits.customerEmail, ofTicket),
    customerName: of('customer-name', draft.customerName, limits.customerName, ofTicket),
    ...withCompany(draft, text => of('company', text, limits.companyId, ofTicket)),
    properties: draft.properties.map(property => ({
      ...property,
      name: of('property-name', property.name, limits.propertyName, ofTicket && property.isSent),
      value: of('property', property.value, limits.propertyValue, ofTicket && property.isSent),
    })),
    category: of('category', draft.category, limits.category, ofTicket),
    replyTarget: of('reply-target', draft.replyTarget, limits.replyTarget, !ofTicket),
    attachments: draft.attachments.flatMap(attachment => withAttachmentTexts(attachment, of)),
  };
  return { ...draft, ...changed, template: withTemplateTexts(draft, of) };
}

type ChangeOf = (field: DraftTextField, text: string, limitCharacters: number, isSent: boolean) => string;

function withDetails({ kind, page, omittedDetails }: Draft, change: ChangeOf): PageDetails {
  const details = { ...page };
  for (const name of pageDetailNames) {
    const value = page[name];
    if (value === undefined) continue;
    const isSent = kind === 'ticket' && !omittedDetails.includes(name);
    details[name] = change(name, value, pageDetailLimitCharacters, isSent);
  }
  return details;
}

/** A company that was chosen is sent by its id; one that is only typed may be an id. */
function withCompany(
  { company, companyText }: Draft,
  change: (text: string) => string,
): Pick<Draft, 'company' | 'companyText'> {
  if (company === null) return { company, companyText: change(companyText) };
  return change(company.value) === company.value
    ? { company, companyText }
    : { company: null, companyText: '' };
}

function withAttachmentTexts(attachment: Attachment, change: ChangeOf): Attachment[] {
  const addressLimit = Number.POSITIVE_INFINITY;
  if (attachment.kind === 'image-url') {
    const { url } = attachment;
    return change('image-address', url, addressLimit, true) === url ? [attachment] : [];
  }
  const named = { ...attachment, name: change('picture-name', attachment.name, limits.fileName, true) };
  if (named.kind === 'file') return [named];
  const { publicUrl } = named;
  const isKept = publicUrl === null || change('kept-address', publicUrl, addressLimit, false) === publicUrl;
  const picture = isKept ? named : { ...named, publicUrl: null };
  return [withMarkTexts(picture, text => change('mark', text, Number.POSITIVE_INFINITY, true))];
}

/** What it made of the fields stays as it was: by that it is known which of them were changed since, and are not filled anew. */
function withTemplateTexts({ template }: Draft, change: ChangeOf): Draft['template'] {
  if (template === null) return null;
  const title = (text: string) => change('template', text, limits.title, false);
  return {
    ...template,
    title: title(template.title),
    body: change('template', template.body, limits.templateBody, false),
    before: {
      ...template.before,
      title: title(template.before.title),
      body: change('template', template.before.body, bodyLimitCharacters, false),
    },
  };
}
