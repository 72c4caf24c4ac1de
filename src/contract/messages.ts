import type { Company } from '../core/company.ts';
import { bodyLimitCharacters, type Draft } from '../core/draft.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { markIdsSchema, pictureMarksSchema } from './marks.ts';
import { draftEditsSchema, secretKeyLimitCharacters } from './stored.ts';
import { recipeSchema } from './stored-settings.ts';
import type {
  AccountsView,
  AgentView,
  CaptureView,
  ContactView,
  CustomerView,
  DiscardedView,
  DraftSummary,
  EditedView,
  ExportedJob,
  HistoryPage,
  JobView,
  KeyView,
  OutboxView,
  PopupView,
  RecipeFinding,
  RecipePage,
} from './views.ts';
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
const secretKeys = z
  .array(z.string().check(z.maxLength(secretKeyLimitCharacters)))
  .check(z.maxLength(50_000));
const secretsOfDraft = z.strictObject({ draftId: id, keys: secretKeys });
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
    z.strictObject({ draftId: id, attachmentId: id, marks: pictureMarksSchema, known: markIdsSchema }),
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
   * every press, so that a second press files no second ticket. `keptSecrets`: as in `Draft`.
   */
  'unsaved.send': message(
    ['page'],
    z.strictObject({
      id: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
      title: z.string().check(z.maxLength(fieldLimitsCharacters.title)),
      body: z.string().check(z.maxLength(bodyLimitCharacters)),
      keptSecrets: secretKeys,
    }),
  )<{ ticketNumber: string | null }>(),

  'outbox.list': message(['page'], nothing)<OutboxView>(),
  /** Answers when nothing can be sent for the moment; an open call keeps the worker alive. */
  'outbox.run': message(['page'], nothing)<null>(),
  /** A page saw the computer come online. */
  'outbox.networkIsBack': message(['page'], nothing)<null>(),
  'job.read': message(['page'], jobId)<JobView>(),
  'job.sendNow': message(['page'], jobId)<JobView>(),
  'job.edit': message(['page'], jobId)<EditedView>(),
  /** Takes it out, and a ticket's replies with it; for some minutes they can be brought back together. */
  'job.discard': message(['page'], jobId)<DiscardedView>(),
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
