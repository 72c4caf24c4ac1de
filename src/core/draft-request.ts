import type { Company } from './company.ts';
import { bodyLimitCharacters, type Draft, type ImageAttachment, type PageDetails } from './draft.ts';
import type { SentDraft } from './draft-texts.ts';
import type { DraftProblem, Failure } from './failure.ts';
import type { JobRequest, ReplyRequest, ReplyTargetParameter, TicketRequest } from './outbox/job.ts';
import type { RedactionRules } from './redaction/redaction-rules.ts';
import { undecidedSecrets } from './redaction/undecided-secrets.ts';
import { parseReplyTarget } from './reply-target.ts';
import { filesInOrder, type Picture, picturesToSend } from './request-files.ts';
import { fail, ok, type Result } from './result.ts';
import { clip, oneLine } from './text.ts';

/** Longest title that is sent, in UTF-16 units. */
export const titleLimitCharacters = 120;

interface Agent {
  name: string;
  email: string;
}

export interface FollowUpContents {
  hasPictures: boolean;
  hasFiles: boolean;
}

/** The part of a request that the person did not type. */
export interface RequestContext {
  /** What must not leave unless the person said so (`Draft.keptSecrets`). */
  redactionRules: RedactionRules;
  /** What goes with a picture in words: its marks' texts, where its page was cut. Null: nothing. */
  notesOfPicture: (attachment: ImageAttachment, position: number) => string | null;
  /** What the reply says that brings what a ticket cannot carry: pictures at full size, other files, or both. */
  followUpMessage: (brings: FollowUpContents) => string;
  agent: Agent;
  extensionVersion: string;
  /** The `source_specific_id` of a ticket that was filed from here, by its number; null for any other. */
  sourceIdOfTicket: (ticketNumber: string) => string | null;
  /** The title of a ticket that has pictures and not one word. */
  fallbackTitle: string;
  now: number;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// Deliberately loose: the server knows which addresses it takes; this only catches slips.
const emailShape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Assembly's own ids are of this shape; the ids of an organisation may be of any. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

export function isEmail(text: string): boolean {
  return emailShape.test(text);
}

/** An instant as RFC 3339 in UTC with whole seconds: `2024-06-10T18:34:00Z`. */
export function rfc3339(instantMs: number): string {
  return new Date(instantMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The details that will leave: those that have a value and that the person did not switch off. */
export function sentPageDetails(draft: Pick<Draft, 'page' | 'omittedDetails'>): PageDetails {
  return Object.fromEntries(
    Object.entries(draft.page).filter(
      ([name, value]) => value !== '' && !draft.omittedDetails.some(omitted => omitted === name),
    ),
  );
}

/**
 * Turns a draft into what is sent, or says every problem at once. Fails closed: with `picture-not-prepared` while
 * what leaves of a picture is not made of its present marks, with `unmasked-secrets` while the person has not
 * been asked about something that was found.
 */
export function requestFromDraft(draft: Draft, context: RequestContext): Result<JobRequest> {
  const pictures = picturesToSend(draft);
  const made =
    draft.kind === 'ticket'
      ? ticketRequest(draft, pictures ?? [], context)
      : replyRequest(draft, pictures ?? [], context);
  if (made.ok && undecidedSecrets(draft, context.redactionRules).length > 0) {
    return fail({ kind: 'unmasked-secrets' });
  }
  // Last, for what is wrong with the words is said at once, and to make pictures takes a while.
  return made.ok && !pictures ? fail({ kind: 'picture-not-prepared' }) : made;
}

/**
 * The user's title, else the first line of the text, else the page's title or address where they are sent, else
 * `fallbackTitle`; one line.
 */
export function ticketTitle(
  draft: Pick<Draft, 'title' | 'body' | 'page' | 'omittedDetails'>,
  fallbackTitle: string,
): string {
  const firstLine = draft.body
    .split('\n')
    .map(line => oneLine(wordsOfMarkdown(line)))
    .find(line => line !== '');
  const { page_title, page_url } = sentPageDetails(draft);
  const page = page_title ?? page_url ?? '';
  return clip(oneLine(draft.title) || firstLine || oneLine(page) || fallbackTitle, titleLimitCharacters);
}

/** A line of a quote without the marks that make it Markdown, for a title that is shown as it is. */
function wordsOfMarkdown(line: string): string {
  return line
    .replace(/^(?:\s|>|#|\d+\.\s|[-*]\s)+/, '')
    .replace(/!?\[((?:[^[\]\\]|\\.)*)\]\((?:[^()\\]|\\.|\([^()]*\))*\)/g, '$1')
    .replace(/(\*\*|~~|`)(.+?)\1/g, '$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

function ticketRequest(
  draft: SentDraft,
  pictures: readonly Picture[],
  context: RequestContext,
): Result<TicketRequest> {
  const problems: DraftProblem[] = [];
  const body = draft.body.trim();
  if (body === '' && oneLine(draft.title) === '' && draft.attachments.length === 0) {
    problems.push('nothing-to-send');
  }
  const email = draft.customerEmail.trim();
  const name = oneLine(draft.customerName);
  if (email !== '' && !isEmail(email)) problems.push('customer-email-invalid');
  if (email === '' && name !== '') problems.push('customer-email-missing');
  const company = companyOf(draft);
  if (company === undefined) problems.push('company-not-chosen');
  const files = draft.attachments.filter(attachment => attachment.kind === 'file');
  if (files.some(({ followsTicket }) => !followsTicket)) problems.push('files-not-accepted');
  const atFullSize = pictures.filter(({ way }) => way === 'full');
  const agent = agentOf(context);
  const following = filesInOrder(draft, atFullSize, ({ followsTicket }) => followsTicket);
  const brings = {
    hasPictures: atFullSize.length > 0,
    hasFiles: files.some(({ followsTicket }) => followsTicket),
  };
  if (following.length > 0 && !isEmail(agent.email)) problems.push('agent-missing');
  if (problems.length > 0 || company === undefined) return fail(incomplete(problems));

  const title = ticketTitle(draft, context.fallbackTitle);
  return ok({
    kind: 'ticket',
    title,
    query: withNotes(body || title, pictures, context),
    customer: email === '' ? null : { email, name },
    company,
    additionalProperties: {
      ...sentProperties(draft),
      ...sentPageDetails(draft),
      ...(draft.category === '' ? {} : { category: draft.category }),
      extension_version: context.extensionVersion,
    },
    originalTimestamp: rfc3339(draft.capturedAt ?? context.now),
    images: pictures
      .filter(({ way }) => way === 'ticket')
      .map(({ attachment, sent }) => ({
        blobId: sent.blobId,
        name: attachment.name,
        type: sent.type,
      })),
    imageUrls: imageUrls(draft),
    ...(following.length === 0
      ? {}
      : { followUp: { content: context.followUpMessage(brings), agent, files: following } }),
  });
}

function replyRequest(
  draft: SentDraft,
  pictures: readonly Picture[],
  context: RequestContext,
): Result<ReplyRequest> {
  const problems: DraftProblem[] = [];
  const content = draft.body.trim();
  if (content === '') problems.push('message-missing');
  const agent = agentOf(context);
  if (!isEmail(agent.email)) problems.push('agent-missing');
  const target = targetParameter(draft.replyTarget, context, problems);
  if (problems.length > 0 || !target) return fail(incomplete(problems));
  return ok({
    kind: 'reply',
    target,
    content: withNotes(content, pictures, context),
    agent,
    originalTimestamp: rfc3339(draft.capturedAt ?? context.now),
    files: filesInOrder(draft, pictures, () => true),
    imageUrls: imageUrls(draft),
  });
}

function targetParameter(
  typed: string,
  context: RequestContext,
  problems: DraftProblem[],
): ReplyTargetParameter | null {
  if (typed.trim() === '') {
    problems.push('target-missing');
    return null;
  }
  // Numbers are opaque: one of our own is known by the history, whatever it looks like.
  const ownId = context.sourceIdOfTicket(typed.trim());
  if (ownId !== null) return { parameter: 'source_specific_id', value: ownId };
  const target = parseReplyTarget(typed);
  switch (target.kind) {
    case 'ulid':
      return { parameter: 'id', value: target.id };
    case 'source-id':
      return { parameter: 'source_specific_id', value: target.sourceSpecificId };
    case 'ticket-number': {
      const sourceId = context.sourceIdOfTicket(target.number);
      if (sourceId !== null) return { parameter: 'source_specific_id', value: sourceId };
      problems.push('target-is-ticket-number');
      return null;
    }
    case 'unclear':
      problems.push('target-unclear');
      return null;
  }
}

const noteGap = '\n\n';

/**
 * The text with what is said on its pictures below it, so that it can be read and found without opening them. What the
 * person wrote comes first: the notes get the room that it leaves.
 */
function withNotes(body: string, pictures: readonly Picture[], context: RequestContext): string {
  const notes = pictures
    .map(({ attachment }, index) => context.notesOfPicture(attachment, index + 1))
    .filter(note => note !== null);
  const roomCharacters = bodyLimitCharacters - body.length - noteGap.length;
  if (notes.length === 0 || roomCharacters <= 0) return body;
  return `${body}${noteGap}${clip(notes.join(noteGap), roomCharacters)}`;
}

/** The chosen company; null for none; undefined when something was typed that names none. */
function companyOf({ companyText, company }: SentDraft): Company | null | undefined {
  if (company !== null) return company;
  const typed = companyText.trim();
  if (typed === '') return null;
  return isUuid(typed) ? { by: 'id', value: typed.toLowerCase(), name: '' } : undefined;
}

function sentProperties({ properties }: SentDraft): Record<string, string> {
  return Object.fromEntries(
    properties.filter(({ isSent, value }) => isSent && value !== '').map(({ name, value }) => [name, value]),
  );
}

function agentOf({ agent }: RequestContext): Agent {
  return { email: agent.email.trim(), name: oneLine(agent.name) };
}

function imageUrls(draft: SentDraft): string[] {
  return draft.attachments.flatMap(attachment => (attachment.kind === 'image-url' ? [attachment.url] : []));
}

function incomplete(problems: DraftProblem[]): Failure {
  return { kind: 'draft-incomplete', problems };
}
