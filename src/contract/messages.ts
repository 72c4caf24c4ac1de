import { bodyLimitCharacters, type Draft } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import type { JobState } from '../core/outbox/job.ts';
import type { Wait } from '../core/outbox/plan.ts';
import { pictureMarksSchema } from './marks.ts';
import { draftEditsSchema, secretKeyLimitCharacters } from './stored.ts';
import { z } from './zod.ts';

/** Who may call: a page of the extension, or a content script that the worker injected. */
export type Caller = 'page' | 'content';

const id = z.string().check(z.maxLength(64));
const nothing = z.strictObject({});
const draftId = z.strictObject({ draftId: id });
const jobId = z.strictObject({ jobId: id });
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
  /** What else is in the outbox, the job of this draft not counted. */
  outbox: OutboxCounts;
}

export interface OutboxCounts {
  /** Goes by itself. */
  waiting: number;
  /** Goes when the person has done something. */
  needsPerson: number;
}

/** One item of the outbox or the history, without the contents of its files. */
export interface JobView {
  id: string;
  draftId: string;
  kind: 'ticket' | 'reply';
  title: string;
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

export interface OutboxView {
  /** The outbox and the history, newest first. */
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

  'attachment.addImage': message(
    ['page'],
    z.strictObject({
      draftId: id,
      blobId: id,
      name: z.string().check(z.maxLength(fieldLimitsCharacters.fileName)),
    }),
  )<Draft>(),
  /** Stores what is drawn on a picture; what leaves of it is made anew. */
  'attachment.mark': message(
    ['page'],
    z.strictObject({ draftId: id, attachmentId: id, marks: pictureMarksSchema }),
  )<Draft>(),
  /** Whether the picture goes at full size with a reply that follows the ticket. */
  'attachment.sendFull': message(
    ['page'],
    z.strictObject({ draftId: id, attachmentId: id, sendsFull: z.boolean() }),
  )<Draft>(),
  'attachment.remove': message(['page'], z.strictObject({ draftId: id, attachmentId: id }))<Draft>(),

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
  'job.discard': message(['page'], jobId)<null>(),

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
