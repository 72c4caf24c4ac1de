import type { Company } from '../company.ts';
import type { Failure } from '../failure.ts';

/** The customer on a ticket; sent only when the person filled in the e-mail address. */
interface Customer {
  email: string;
  name: string;
}

/** A stored picture or file that belongs to a request; `blobId` names a row of the blob store. */
export interface RequestFile {
  blobId: string;
  name: string;
  type: string;
}

/** What `POST /interactions` will carry, apart from the bytes of the pictures. */
export interface TicketRequest {
  kind: 'ticket';
  title: string;
  query: string;
  customer: Customer | null;
  company: Company | null;
  additionalProperties: Record<string, string | number>;
  /** RFC 3339, UTC, whole seconds. */
  originalTimestamp: string;
  /** PNGs and JPEGs whose base64 text is at most 4,000,000 bytes each. */
  images: RequestFile[];
  imageUrls: string[];
  /** A reply to this ticket that is queued in the moment in which the ticket is delivered. */
  followUp?: FollowUp;
}

/** A reply that waits inside of its ticket: pictures at full size and other files, which a ticket cannot carry. */
export type FollowUp = Pick<ReplyRequest, 'content' | 'agent' | 'files'>;

export type ReplyTargetParameter =
  | { parameter: 'id'; value: string }
  | { parameter: 'source_specific_id'; value: string };

/** What `POST /interactions/reply` will carry, apart from the bytes of the files. */
export interface ReplyRequest {
  kind: 'reply';
  target: ReplyTargetParameter;
  content: string;
  agent: { email: string; name: string };
  originalTimestamp: string;
  /** Any type, at most 32,000,000 bytes each. */
  files: RequestFile[];
  imageUrls: string[];
}

export type JobRequest = TicketRequest | ReplyRequest;

/** Every stored file that the request needs, now or for what follows it. */
export function filesOfRequest(request: JobRequest): RequestFile[] {
  if (request.kind === 'reply') return request.files;
  return [...request.images, ...(request.followUp?.files ?? [])];
}

/** Whether its words are still there; those of what was sent are removed after a while (`Retention.textsDays`). */
export function hasTexts(request: JobRequest): boolean {
  // No ticket is made without a description, and no reply without a message.
  return (request.kind === 'ticket' ? request.query : request.content) !== '';
}

/** What is left of a request when its words are removed: the kind, the time, and which ticket a reply was for. */
export function withoutTexts(request: JobRequest): JobRequest {
  if (request.kind === 'reply') return { ...request, content: '', files: [], imageUrls: [] };
  return {
    kind: 'ticket',
    title: '',
    query: '',
    customer: null,
    company: null,
    additionalProperties: {},
    originalTimestamp: request.originalTimestamp,
    images: [],
    imageUrls: [],
  };
}

/**
 * Where a job is. Instants are epoch milliseconds.
 * `queued` may go at once. `since` says when it was last put there, and `isUrgent` that the person pressed
 * "Send now": such a job goes once even while all others are held back.
 * `unknown` is "may have been sent": only a reply gets there, and only the person leads it out.
 */
export type JobState =
  | { name: 'queued'; since: number; isUrgent: boolean }
  | { name: 'sending'; since: number; runId: string }
  | { name: 'waiting'; until: number; failure: Failure }
  | { name: 'paused'; failure: Failure }
  | { name: 'attention'; failure: Failure }
  | { name: 'unknown'; failure: Failure }
  | { name: 'sent'; at: number; ticketNumber: string | null; historyId: string | null };

export type JobStateName = JobState['name'];

/**
 * One intent to deliver, kept from the press of Send until the person discards it or its answer is stored.
 * `id` is the `source_specific_id` of the ticket or reply: the same on every try.
 */
export interface Job {
  version: 3;
  id: string;
  draftId: string;
  /** The revision of the draft that `request` was made of. */
  draftRevision: number;
  createdAt: number;
  /** Its number in the order in which jobs came in; the clock may be set, and says less. */
  order: number;
  /** Tries that may have reached the network. */
  attempts: number;
  /** Tries in a row that ended in a retry; drives the back-off. */
  failuresInRow: number;
  /** Tries in a row in which the worker died while the browser lived on. */
  deathsInRow: number;
  /** A try may have delivered it, though no answer told so. */
  mayHaveArrived: boolean;
  /** Its words were changed after a try that may have arrived: Assembly may keep the earlier ones. */
  mayHoldEarlierText: boolean;
  request: JobRequest;
  /** Address of the page the capture came from, cleaned; for the history. */
  pageUrl: string | null;
  /** Fingerprints of the selections in it (`Draft.seenSelections`), by which the page's next capture finds it. */
  passages: string[];
  /** Its files stay for a while after it was sent, as the settings said then (`Retention.filesDays`). */
  keepsFiles: boolean;
  state: JobState;
}
