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

/** A picture whose pixels the extension holds. Sizes are of the stored PNGs. */
export interface ImageAttachment {
  kind: 'image';
  id: string;
  /** The picture as it was captured or picked: what a reply sends. */
  blobId: string;
  /** The picture that fits a ticket (base64 text ≤ 4,000,000 bytes); the same blob when it fits as it is. */
  ticketBlobId: string;
  name: string;
  widthPx: number;
  heightPx: number;
  sizeBytes: number;
  /** Side length of the ticket's picture over the original's; 1 = untouched. */
  ticketScale: number;
}

/** A public picture that Assembly loads by itself from its address. */
interface ImageUrlAttachment {
  kind: 'image-url';
  id: string;
  url: string;
}

export type Attachment = ImageAttachment | ImageUrlAttachment;

/** Pictures in one draft; a stated limit, so that one draft cannot fill the disk. */
export const attachmentLimit = 10;

/** Longest text of a draft's body. Room for several full quotes and what is typed around them. */
export const bodyLimitCharacters = 200_000;

/**
 * What the person is about to file. One draft is current; it belongs to the person, not to a tab.
 * `body` is the description of a ticket or the message of a reply, so that a draft can change its kind
 * and keep all of it.
 */
export interface Draft {
  version: 2;
  /** 32 hex digits, random; makes the `source_specific_id`. */
  id: string;
  kind: 'ticket' | 'reply';
  title: string;
  body: string;
  category: string;
  customerEmail: string;
  customerName: string;
  /** What the person chose or typed as the ticket to reply to. */
  replyTarget: string;
  attachments: Attachment[];
  page: PageDetails;
  omittedDetails: PageDetailName[];
  /** Fingerprints of selections that were quoted by themselves, so that reopening the popup adds none twice. */
  seenSelections: string[];
  createdAt: number;
  /** When the first evidence was captured; epoch milliseconds. */
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
    | 'replyTarget'
    | 'omittedDetails'
  >
>;

export function emptyDraft(id: string, now: number, kind: Draft['kind'] = 'ticket'): Draft {
  return {
    version: 2,
    id,
    kind,
    title: '',
    body: '',
    category: '',
    customerEmail: '',
    customerName: '',
    replyTarget: '',
    attachments: [],
    page: {},
    omittedDetails: [],
    seenSelections: [],
    createdAt: now,
    capturedAt: null,
    revision: 0,
    attempts: 0,
    mayHaveArrived: false,
  };
}

/** True while nothing in the draft would be missed. */
export function isUntouched(draft: Draft): boolean {
  return (
    draft.attachments.length === 0 &&
    [draft.title, draft.body, draft.customerEmail, draft.customerName, draft.replyTarget].every(
      text => text.trim() === '',
    )
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
