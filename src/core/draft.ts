import type { Company } from './company.ts';
import type { DraftProperty } from './draft-property.ts';
import type { Rect } from './image/geometry.ts';
import type { PictureFit } from './image/picture-fit.ts';
import type { Mark } from './marks/mark.ts';
import type { FilledByRecipe } from './recipe/recipe.ts';
import { withoutRecipe } from './recipe/without-recipe.ts';
import type { SecretKind } from './redaction/secret-kind.ts';
import type { AppliedTemplate } from './template/template.ts';
import { withoutTemplate } from './template/without-template.ts';

/** The page details that a ticket may carry; each can be switched off before sending. */
export const pageDetailNames = [
  'page_url',
  'page_title',
  'browser',
  'os',
  'viewport',
  'language',
  'time_zone',
] as const;
export type PageDetailName = (typeof pageDetailNames)[number];
export type PageDetails = Partial<Record<PageDetailName, string>>;

/** A picture whose pixels the extension holds. */
export interface ImageAttachment {
  kind: 'image';
  id: string;
  /** The picture as it was captured or picked, with nothing covered: it lives with the draft and is never sent. */
  blobId: string;
  name: string;
  /** What those bytes are: `image/png`, `image/jpeg` … */
  type: string;
  /** Size of that picture, and of its bytes. */
  widthPx: number;
  heightPx: number;
  sizeBytes: number;
  /** What is drawn on it and cut off it; burnt in when it is prepared. */
  marks: Mark[];
  crop: Rect | null;
  /** Counts the changes of `marks` and `crop`. */
  marksRevision: number;
  /** The words that the page showed there (JSON of `PageWords`, in px of the picture); null where nobody could look. */
  wordsBlobId: string | null;
  /** Whether those are all words that the picture shows. */
  isSearchedWhole: boolean;
  /** What was found in those words and is not covered, by kind. */
  uncovered: Partial<Record<SecretKind, number>>;
  /** What will be sent of it; null until it was made. */
  prepared: PreparedPicture | null;
  /** On a ticket: not sent with it but as the file of a reply that follows, at full size. */
  followsTicket: boolean;
  /** The page went on below: so many CSS px of its height were taken. */
  cutAtPx: number | null;
  /** Where the picture stands for everyone, when it was added by its address: it can go by that again. */
  publicUrl: string | null;
}

/** How a picture leaves: on a ticket (base64 text ≤ 4,000,000 bytes), or as the file of a reply (≤ 32,000,000). */
export type PictureWay = 'ticket' | 'full';

/** What leaves of a picture: its marks burnt in, for each way for which it was made. */
export interface PreparedPicture {
  /** The `marksRevision` that it was made of: one of another revision must not be sent. */
  marksRevision: number;
  ticket: SentPicture | null;
  full: SentPicture | null;
}

export interface SentPicture {
  blobId: string;
  /** `image/png`; or what was picked, as it is. */
  type: string;
  /** What was done to make it fit. */
  fit: PictureFit;
}

/** A public picture that Assembly loads by itself from its address. */
export interface ImageUrlAttachment {
  kind: 'image-url';
  id: string;
  url: string;
}

/** A file of any type. A ticket takes pictures only. */
export interface FileAttachment {
  kind: 'file';
  id: string;
  blobId: string;
  name: string;
  type: string;
  sizeBytes: number;
  /** On a ticket: the person accepted that it goes as the file of a reply that follows. */
  followsTicket: boolean;
  /** It is a photo that says where it was taken, or may say so. */
  place?: 'told' | 'unknown';
}

export type Attachment = ImageAttachment | ImageUrlAttachment | FileAttachment;

/** Pictures and files in one draft; a stated limit, so that one draft cannot fill the disk. */
export const attachmentLimit = 10;

/** Longest text of a draft's body. Room for several full quotes and what is typed around them. */
export const bodyLimitCharacters = 200_000;

/**
 * What the person is about to file. One draft is current; it belongs to the person, not to a tab.
 * `body` is the description of a ticket or the message of a reply, so that a draft can change its kind
 * and keep all of it.
 */
export interface Draft {
  version: 4;
  /** 32 hex digits, random; makes the `source_specific_id`. */
  id: string;
  kind: 'ticket' | 'reply';
  title: string;
  body: string;
  category: string;
  customerEmail: string;
  customerName: string;
  /** What stands in the field of the company, and the company that was chosen by it; null: none. */
  companyText: string;
  company: Company | null;
  /** What the person chose or typed as the ticket to reply to. */
  replyTarget: string;
  attachments: Attachment[];
  page: PageDetails;
  omittedDetails: PageDetailName[];
  properties: DraftProperty[];
  template: AppliedTemplate | null;
  recipe: FilledByRecipe | null;
  /** Fingerprints of selections that were quoted by themselves, so that reopening the popup adds none twice. */
  seenSelections: string[];
  /** What was found in it, and the person said may leave (keys of `DraftSecret`). */
  keptSecrets: string[];
  /** The notice that something was filed from this page before was put away. */
  isFiledNoticeClosed: boolean;
  /** When it was put aside under Drafts, epoch ms; null for a draft that is current or belongs to a job. */
  putAsideAt: number | null;
  createdAt: number;
  /** When the first evidence was captured, or it was first sent without any; epoch milliseconds. */
  capturedAt: number | null;
  /** Counts the changes of the stored draft: of two copies, the higher one is the newer. */
  revision: number;
  /** Tries to deliver it under its id so far; more than 0 when it came back from the outbox. */
  attempts: number;
  /** One of those tries may have delivered it, though no answer told so. */
  mayHaveArrived: boolean;
}

/** The fields that typing changes. */
export type DraftEdits = Partial<
  Pick<
    Draft,
    | 'kind'
    | 'title'
    | 'body'
    | 'category'
    | 'customerEmail'
    | 'customerName'
    | 'companyText'
    | 'company'
    | 'replyTarget'
    | 'omittedDetails'
    | 'properties'
    | 'isFiledNoticeClosed'
  >
>;

export function emptyDraft(id: string, now: number, kind: Draft['kind'] = 'ticket'): Draft {
  return {
    version: 4,
    id,
    kind,
    title: '',
    body: '',
    category: '',
    customerEmail: '',
    customerName: '',
    companyText: '',
    company: null,
    replyTarget: '',
    attachments: [],
    page: {},
    omittedDetails: [],
    properties: [],
    template: null,
    recipe: null,
    seenSelections: [],
    keptSecrets: [],
    isFiledNoticeClosed: false,
    putAsideAt: null,
    createdAt: now,
    capturedAt: null,
    revision: 0,
    attempts: 0,
    mayHaveArrived: false,
  };
}

/** The way that a picture of the draft goes. */
export function pictureWay(kind: Draft['kind'], { followsTicket }: ImageAttachment): PictureWay {
  return kind === 'reply' || followsTicket ? 'full' : 'ticket';
}

/** What will be sent of a picture as it is marked now; null while that is not made. */
export function sentPicture(
  { prepared, marksRevision }: ImageAttachment,
  way: PictureWay,
): SentPicture | null {
  return prepared?.marksRevision === marksRevision ? prepared[way] : null;
}

/** True while nothing in the draft would be missed. What a template or a recipe filled in comes again by itself. */
export function isUntouched(draft: Draft): boolean {
  const { title, body, customerEmail, customerName, companyText, replyTarget } = withoutTemplate(
    withoutRecipe(draft),
  );
  return (
    draft.attachments.length === 0 &&
    [title, body, customerEmail, customerName, companyText, replyTarget].every(text => text.trim() === '')
  );
}

/** The id under which Assembly knows this draft once it is sent: made once, the same on every try. */
export function sourceSpecificId(draft: Pick<Draft, 'id' | 'kind'>): string {
  return `${draft.kind === 'ticket' ? 'cap' : 'capr'}_${draft.id}`;
}

/** Adds a quote below what is there, with one blank line between. */
export function appendToBody(body: string, addition: string): string {
  const kept = body.trimEnd();
  return `${kept === '' ? '' : `${kept}\n\n`}${addition}\n`;
}
