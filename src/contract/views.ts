import type { Draft } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import type { JobState } from '../core/outbox/job.ts';
import type { Wait } from '../core/outbox/wait.ts';
import type { RecipeRule } from '../core/recipe/recipe.ts';

// What the worker tells its pages of what is stored: each is an answer of the contract, or a part of one.

/** What the popup needs as it opens. */
export interface PopupView {
  draft: Draft;
  /** The job of this draft, when it was sent before and came back. */
  job: JobView | null;
  /** What a menu or shortcut could not do just now. */
  notices: Failure[];
  /** Whether the page's selection should be quoted now: not after a menu or shortcut brought its own result. */
  readSelection: boolean;
  hasKey: boolean;
  /** How far a capture is that runs; null when none does. */
  capture: CaptureProgress | null;
  /** A ticket that was filed from this page before; null when there is none, or the notice was put away. */
  filed: FiledTicket | null;
  /** How many drafts were put aside. */
  draftsAside: number;
  /** What else is in the outbox, the job of this draft not counted. */
  outbox: OutboxCounts;
}

export interface OutboxCounts {
  /** Goes by itself. */
  waiting: number;
  /** Goes when the person has done something. */
  needsPerson: number;
}

/** A ticket of the history for the page of the draft. */
export interface FiledTicket {
  jobId: string;
  title: string;
  /** Null while it waits, or when Assembly did not tell it. */
  ticketNumber: string | null;
  isSent: boolean;
  createdAt: number;
  /** It quotes a passage that this draft quotes too. */
  isSamePassage: boolean;
}

/** A draft that was put aside. */
export interface DraftSummary {
  id: string;
  kind: 'ticket' | 'reply';
  /** Its title, or how its text begins; may be empty. */
  title: string;
  pageUrl: string | null;
  attachments: number;
  putAsideAt: number;
}

/** One item of the outbox or the history, without the contents of its files. */
export interface JobView {
  id: string;
  draftId: string;
  kind: 'ticket' | 'reply';
  /** Its number in the order in which jobs came in; the newest has the highest. */
  order: number;
  /** Empty once its texts were removed (`Retention.textsDays`). */
  title: string;
  /** How its text begins, for a search. */
  excerpt: string;
  /** The customer of a ticket (e-mail address and name), or an empty text. */
  customer: string;
  /** The company of a ticket, or an empty text. */
  company: string;
  /** The ticket that a reply is for, as it is sent; empty for a ticket. */
  target: string;
  /** Its pictures and files; `blobId` leads nowhere once they are gone. */
  files: { blobId: string; name: string; type: string }[];
  pageUrl: string | null;
  /** How the title of a ticket's page begins, where it is sent; else an empty text. */
  pageTitle: string;
  createdAt: number;
  attempts: number;
  /** Its words were changed after a try that may have arrived: Assembly may keep the earlier ones. */
  mayHoldEarlierText: boolean;
  state: JobState;
  /** What holds it back, for a job that goes by itself. */
  wait: Wait | null;
}

/** The draft of a job that is edited again. */
export interface EditedView {
  draft: Draft;
  /** The job's own draft was gone: this one was made of what would have been sent. */
  isRebuilt: boolean;
  /** So many of its pictures and files are gone too. */
  missingFiles: number;
}

/** What became of the replies that waited for a ticket which was discarded. */
export interface DiscardedView {
  /** So many went with it and come back with it, the one that waits inside of it (`FollowUp`) counted. */
  repliesGone: number;
  /** So many stay in the outbox, because Assembly may have the ticket. */
  repliesLeft: number;
}

/** A record that could not be read and was put aside. */
export interface UnreadableView {
  id: string;
  kind: 'item' | 'draft';
  foundAt: number;
}

/** A part of the history, newest first. */
export interface HistoryPage {
  jobs: JobView[];
  /** Where the next part begins; null at the end. */
  below: number | null;
}

/** One item for an export: all that is kept of it, and never the key. */
export interface ExportedJob {
  kind: 'ticket' | 'reply';
  source_specific_id: string;
  ticket_number: string | null;
  history_id: string | null;
  state: string;
  created_at: string;
  sent_at: string | null;
  tries: number;
  title: string;
  text: string;
  reply_to: string;
  customer_email: string;
  customer_name: string;
  company: string;
  page_url: string;
  files: string[];
  properties: Record<string, string | number>;
}

/** A customer whom the person may mean. */
export interface CustomerView {
  email: string;
  name: string;
}

export interface CompanyView {
  /** Assembly's own id, a UUID. */
  id: string;
  name: string;
  domain: string;
}

/** How old an answer of Assembly is. */
export interface Looked {
  /** Epoch ms. */
  at: number;
  /** Why it was not asked now, and what is known from before is given; null when it was asked. */
  failure: Failure | null;
}

/** What Assembly knows of an address. `isKnown` is null when it could not be asked and nothing is kept. */
export interface ContactView extends Looked {
  email: string;
  isKnown: boolean | null;
  name: string;
}

/** What was found by a name, at most 20 of each; empty too when Assembly could not be asked (`failure`). */
export interface AccountsView extends Looked {
  companies: CompanyView[];
  customers: CustomerView[];
}

/** Whether the address is an agent's. `isKnown` is null when it could not be asked. */
export interface AgentView {
  isKnown: boolean | null;
  name: string;
  failure: Failure | null;
}

/** A page on which a gesture was made, so that a recipe can be tried on it. */
export interface RecipePage {
  tabId: number;
  title: string;
  /** Cleaned. */
  url: string;
}

/** What one rule finds on a page; null: nothing. */
export interface RecipeFinding {
  rule: RecipeRule;
  value: string | null;
  /** The selector or pattern cannot be read. */
  isInvalid: boolean;
}

/** So many of the newest items `outbox.list` tells of. */
export const listedJobs = 60;

export interface OutboxView {
  /** The newest items (`listedJobs`), newest first, then what is pending and older. */
  jobs: JobView[];
  unreadable: UnreadableView[];
}

export interface KeyView {
  present: boolean;
  /** Last 4 characters, or an empty text when the key is too short to show any. */
  hint: string;
}

/** How many of the slices of a capture are taken. */
export interface CaptureProgress {
  done: number;
  total: number;
}

/** What a capture did to the draft; `failure` says what it could not do. */
export interface CaptureView {
  draft: Draft;
  failure: Failure | null;
}
