import type { Draft, PageDetails } from './draft.ts';
import type { DraftProblem, Failure } from './failure.ts';
import type { JobRequest, ReplyRequest, ReplyTargetParameter, TicketRequest } from './outbox/job.ts';
import { parseReplyTarget } from './reply-target.ts';
import { fail, ok, type Result } from './result.ts';
import { clip, cutText, oneLine } from './text.ts';

/** Longest title that is sent, in UTF-16 units. */
export const titleLimitCharacters = 120;

interface Agent {
  name: string;
  email: string;
}

/** The part of a request that the person did not type. */
export interface RequestContext {
  agent: Agent;
  extensionVersion: string;
  /** The `source_specific_id` of a ticket that was filed from here, by its number; null for any other. */
  sourceIdOfTicket: (ticketNumber: string) => string | null;
  /** The title of a ticket that has pictures and not one word. */
  fallbackTitle: string;
  now: number;
}

// Deliberately loose: the server knows which addresses it takes; this only catches slips.
const emailShape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

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

/** Turns a draft into what is sent, or says every problem at once. */
export function requestFromDraft(draft: Draft, context: RequestContext): Result<JobRequest> {
  return draft.kind === 'ticket' ? ticketRequest(draft, context) : replyRequest(draft, context);
}

/** The user's title, else the first line of the text, else the page's title, else `fallbackTitle`; one line. */
export function ticketTitle(draft: Pick<Draft, 'title' | 'body' | 'page'>, fallbackTitle: string): string {
  const firstLine = draft.body
    .split('\n')
    .map(line => oneLine(wordsOfMarkdown(line)))
    .find(line => line !== '');
  const page = draft.page.page_title ?? draft.page.page_url ?? '';
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

function ticketRequest(draft: Draft, context: RequestContext): Result<TicketRequest> {
  const problems: DraftProblem[] = [];
  const body = draft.body.trim();
  if (body === '' && oneLine(draft.title) === '' && draft.attachments.length === 0) {
    problems.push('nothing-to-send');
  }
  const email = draft.customerEmail.trim();
  const name = oneLine(draft.customerName);
  if (email !== '' && !isEmail(email)) problems.push('customer-email-invalid');
  if (email === '' && name !== '') problems.push('customer-email-missing');
  if (problems.length > 0) return fail(incomplete(problems));

  const title = ticketTitle(draft, context.fallbackTitle);
  return ok({
    kind: 'ticket',
    title,
    query: body || title,
    customer: email === '' ? null : { email, name },
    additionalProperties: {
      ...sentPageDetails(draft),
      ...(draft.category === '' ? {} : { category: draft.category }),
      extension_version: context.extensionVersion,
    },
    originalTimestamp: rfc3339(draft.capturedAt ?? context.now),
    images: images(draft).map(image => ({
      blobId: image.ticketBlobId,
      name: image.name,
      type: 'image/png',
    })),
    imageUrls: imageUrls(draft),
  });
}

function replyRequest(draft: Draft, context: RequestContext): Result<ReplyRequest> {
  const problems: DraftProblem[] = [];
  const content = draft.body.trim();
  if (content === '') problems.push('message-missing');
  const agent = { email: context.agent.email.trim(), name: oneLine(context.agent.name) };
  if (!isEmail(agent.email)) problems.push('agent-missing');
  const target = targetParameter(draft.replyTarget, context, problems);
  if (problems.length > 0 || !target) return fail(incomplete(problems));
  return ok({
    kind: 'reply',
    target,
    content,
    agent,
    originalTimestamp: rfc3339(draft.capturedAt ?? context.now),
    files: images(draft).map(image => ({
      blobId: image.blobId,
      name: pngName(image.name),
      type: 'image/png',
    })),
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

/** A file name for the stored PNG; the picture may have been picked as another type. */
function pngName(name: string): string {
  return `${cutText(name.replace(/\.[a-z0-9]{1,5}$/i, ''), 150)}.png`;
}

function images(draft: Draft) {
  return draft.attachments.filter(attachment => attachment.kind === 'image');
}

function imageUrls(draft: Draft): string[] {
  return draft.attachments.flatMap(attachment => (attachment.kind === 'image-url' ? [attachment.url] : []));
}

function incomplete(problems: DraftProblem[]): Failure {
  return { kind: 'draft-incomplete', problems };
}
