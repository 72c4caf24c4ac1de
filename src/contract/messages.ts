import type { Company } from '../core/company.ts';
import { bodyLimitCharacters, type Draft } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import type { JobState } from '../core/outbox/job.ts';
import type { Wait } from '../core/outbox/wait.ts';
import type { RecipeRule } from '../core/recipe/recipe.ts';
import { pictureMarksSchema } from './marks.ts';
import { draftEditsSchema, secretKeyLimitCharacters } from './stored.ts';
import { recipeSchema } from './stored-settings.ts';
import { z } from './zod.ts';

/** Who may call: a page of the extension, or a content script that the worker injected. */
export type Caller = 'page' | 'content';

const id = z.string().check(z.maxLength(64));
const nothing = z.strictObject({});
const draftId = z.strictObject({ draftId: id });
const jobId = z.strictObject({ jobId: id });
const attachmentId = z.strictObject({ draftId: id, attachmentId: id });
const followsTicket = z.extend(attachmentId, { followsTicket: z.boolean() });
/** Orders of jobs below which a part of the history is asked for; null: from the newest on. */
const below = z.strictObject({ below: z.nullable(z.number()) });
const recordId = z.strictObject({ id });
const secretsOfDraft = z.strictObject({
  draftId: id,
  keys: z.array(z.string().check(z.maxLength(secretKeyLimitCharacters))).check(z.maxLength(50_000)),
});
/** The longest words that are asked to be covered everywhere. */
const wordsLimitCharacters = 500;
/** The window whose active tab is meant: the one the popup belongs to. */
const inWindow = z.strictObject({ windowId: z.number() });

/** The page in front of a window, for the draft that is shown, after a delay. */
const ofPage = z.strictObject({
  windowId: z.number(),
  draftId: id,
  delaySeconds: z.number().check(z.gte(0), z.lte(10)),
});

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
  createdAt: number;
  attempts: number;
  /** Its words were changed after a try that may have arrived: Assembly may keep the earlier ones. */
  mayHoldEarlierText: boolean;
  state: JobState;
  /** What holds it back, for a job that goes by itself. */
  wait: Wait | null;
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

/** Declares one message. The output is typed only: it comes from the worker, which is trusted. */
function message<Input extends z.ZodMiniType>(callers: readonly Caller[], input: Input) {
  return <Output>() => ({ callers, input, output: null as unknown as Output });
}

/**
 * The only message contract: name → who may call, what goes in, what comes out (always in a `Result`).
 * No output carries the key; pictures travel as ids of stored blobs.
 */
export const messages = {
  'popup.open': message(['page'], inWindow)<PopupView>(),

  /** With a window, the page in it is noted in a draft that holds nothing yet. */
  'draft.read': message(['page'], z.strictObject({ windowId: z.nullable(z.number()) }))<PopupView>(),
  /** `baseBody` is the body that the edit started from, so that a quote added meanwhile is not overwritten. */
  'draft.edit': message(
    ['page'],
    z.strictObject({
      draftId: id,
      edits: draftEditsSchema,
      baseBody: z.string().check(z.maxLength(bodyLimitCharacters)),
    }),
  )<Draft>(),
  /** Masks what was found, by the keys of `DraftSecret`; in pictures it is covered. */
  'draft.mask': message(['page'], secretsOfDraft)<Draft>(),
  /** Remembers that what was found may leave with this draft. */
  'draft.keep': message(['page'], secretsOfDraft)<Draft>(),
  /** Masks words everywhere in the draft: in its texts and in its pictures. */
  'draft.redactWords': message(
    ['page'],
    z.strictObject({
      draftId: id,
      words: z.array(z.string().check(z.maxLength(wordsLimitCharacters))).check(z.maxLength(100)),
    }),
  )<Draft>(),
  /** Fills the draft from a template, or takes the template back. */
  'draft.applyTemplate': message(
    ['page'],
    z.strictObject({ draftId: id, templateId: z.nullable(id) }),
  )<Draft>(),
  /** Takes back what a recipe filled in. */
  'draft.undoRecipe': message(['page'], draftId)<Draft>(),
  /** Puts the draft aside, if it holds anything, and answers an empty one. */
  'draft.startOver': message(['page'], draftId)<Draft>(),
  'draft.send': message(['page'], draftId)<JobView>(),

  'capture.selection': message(
    ['page'],
    z.strictObject({ windowId: z.number(), draftId: id, onlyIfNew: z.boolean() }),
  )<CaptureView>(),
  /**
   * With a delay the answer comes at once, for the popup has to close; the picture comes later, and the popup with it.
   */
  'capture.visibleArea': message(['page'], ofPage)<CaptureView>(),
  'capture.fullPage': message(['page'], ofPage)<CaptureView>(),
  /** Lets the person pick a part of the page, for which the popup has to close; it is shown again with the result. */
  'capture.pick': message(['page'], z.extend(ofPage, { kind: z.enum(['region', 'element']) }))<null>(),
  /** Ends the capture that runs; what it has taken is dropped. */
  'capture.cancel': message(['page'], nothing)<null>(),
  /** The picker's last word; what was picked stays in the page until the worker takes it. */
  'pick.deliver': message(
    ['content'],
    z.strictObject({ nonce: id, outcome: z.enum(['taken', 'left', 'disturbed']) }),
  )<null>(),

  /** Adds a stored file: as a picture when its bytes are one, else as a file. */
  'attachment.add': message(
    ['page'],
    z.strictObject({
      draftId: id,
      blobId: id,
      name: z.string().check(z.maxLength(fieldLimitsCharacters.fileName)),
      type: z.string().check(z.maxLength(fieldLimitsCharacters.fileType)),
    }),
  )<Draft>(),
  'attachment.move': message(
    ['page'],
    z.extend(attachmentId, { toIndex: z.number().check(z.gte(0)) }),
  )<Draft>(),
  /** Takes the picture itself, from the page behind the popup, in the place of its address. */
  'attachment.usePixels': message(['page'], z.extend(attachmentId, { windowId: z.number() }))<CaptureView>(),
  /** The other way round. */
  'attachment.useAddress': message(['page'], attachmentId)<Draft>(),
  /** Stores what is drawn on a picture; what leaves of it is made anew. */
  'attachment.mark': message(
    ['page'],
    z.strictObject({ draftId: id, attachmentId: id, marks: pictureMarksSchema }),
  )<Draft>(),
  /** Whether it goes with a reply that follows the ticket: a picture at full size, or a file. */
  'attachment.followTicket': message(['page'], followsTicket)<Draft>(),
  'attachment.remove': message(['page'], attachmentId)<Draft>(),

  /** What was put aside, newest first. */
  'drafts.list': message(['page'], nothing)<DraftSummary[]>(),
  /** Makes it the current draft; the one that was is put aside, if it holds anything. */
  'drafts.open': message(['page'], draftId)<Draft>(),
  'drafts.discard': message(['page'], draftId)<null>(),

  /**
   * Sends a ticket once, while nothing can be stored. `id` is the draft's id that the page has made: the same on
   * every press, so that a second press files no second ticket.
   */
  'unsaved.send': message(
    ['page'],
    z.strictObject({
      id: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
      title: z.string().check(z.maxLength(fieldLimitsCharacters.title)),
      body: z.string().check(z.maxLength(bodyLimitCharacters)),
    }),
  )<{ ticketNumber: string | null }>(),

  'outbox.list': message(['page'], nothing)<OutboxView>(),
  /** Answers when nothing can be sent for the moment; an open call keeps the worker alive. */
  'outbox.run': message(['page'], nothing)<null>(),
  /** A page saw the computer come online. */
  'outbox.networkIsBack': message(['page'], nothing)<null>(),
  'job.read': message(['page'], jobId)<JobView>(),
  'job.sendNow': message(['page'], jobId)<JobView>(),
  'job.edit': message(['page'], jobId)<Draft>(),
  /** Takes it out; for some minutes it can be brought back. */
  'job.discard': message(['page'], jobId)<null>(),
  'job.undoDiscard': message(['page'], jobId)<JobView>(),

  'history.page': message(['page'], below)<HistoryPage>(),
  'history.export': message(['page'], below)<{ jobs: ExportedJob[]; below: number | null }>(),

  /** Whom tickets were filed for last, without asking Assembly. */
  'people.recent': message(['page'], nothing)<{ customers: CustomerView[]; companies: Company[] }>(),
  'people.lookUp': message(
    ['page'],
    z.strictObject({ email: z.string().check(z.maxLength(fieldLimitsCharacters.customerEmail)) }),
  )<ContactView>(),
  /** A later call ends an earlier one that is under way, with `lookup-replaced`. */
  'accounts.find': message(
    ['page'],
    z.strictObject({ name: z.string().check(z.maxLength(fieldLimitsCharacters.companyText)) }),
  )<AccountsView>(),
  'agent.check': message(
    ['page'],
    z.strictObject({ email: z.string().check(z.maxLength(fieldLimitsCharacters.agentEmail)) }),
  )<AgentView>(),

  'recipes.pages': message(['page'], nothing)<RecipePage[]>(),
  'recipes.try': message(['page'], z.strictObject({ tabId: z.number(), recipe: recipeSchema }))<
    RecipeFinding[]
  >(),

  /** The record as it was found, to be saved as a file. */
  'unreadable.read': message(['page'], recordId)<{ json: string }>(),
  'unreadable.discard': message(['page'], recordId)<null>(),

  'key.describe': message(['page'], nothing)<KeyView>(),
  'key.test': message(['page'], nothing)<null>(),
  'key.remove': message(['page'], nothing)<null>(),

  'data.eraseEverything': message(['page'], nothing)<null>(),

  /** The answer of the injected script; `selection` is checked by `parsePageSelection`. */
  'selection.deliver': message(['content'], z.strictObject({ nonce: id, selection: z.unknown() }))<null>(),
} as const;

type Messages = typeof messages;
export type MessageName = keyof Messages;
export type MessageInput<Name extends MessageName> = z.infer<Messages[Name]['input']>;
export type MessageOutput<Name extends MessageName> = Messages[Name]['output'];

export const envelopeSchema = z.strictObject({
  name: z.string().check(z.maxLength(64)),
  input: z.unknown(),
});
