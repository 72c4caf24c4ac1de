import { type Answer, jsonAnswer, Refusal } from './answer.ts';
import { checkAuthorization } from './authorization.ts';
import {
  checkFilled,
  checkImageUrl,
  checkTimestamp,
  checkUser,
  ifSent,
  type SentUser,
} from './field-checks.ts';
import { type FieldRules, readFields } from './form-fields.ts';
import { limitAnswer, type RateLimited } from './limit-answer.ts';
import type { Part } from './multipart-form.ts';
import { readQuery } from './query-parameters.ts';
import type { Reply, Ticket } from './record.ts';
import type { Asked, Service } from './service.ts';
import { isUlid } from './ulid.ts';

const rules: FieldRules = {
  once: ['content', 'source_specific_id', 'original_timestamp', 'user', 'files_image_url'],
  repeated: [],
  files: ['files'],
};

/** "32MB per file", by its smaller reading. */
const maxFileBytes = 32_000_000;

/** `POST /interactions/reply?id=…` or `?source_specific_id=…`: 200 `{"created_history_id": "<ULID>"}`. */
export function createReply({ seen, readParts }: Asked, service: Service): Answer {
  const { config, record, replyWindow } = service;
  const key = checkAuthorization(seen.headers, config);
  const caller = `${key} ${seen.remoteAddress}`;
  const limited: RateLimited = { window: replyWindow, caller, limit: config.replyLimit };
  const refused = limitAnswer(limited, service);
  if (refused !== null) return refused;
  const target = checkTarget(seen);
  const sent = checkReply(readParts());
  const ticket = findTicket(target, service);
  const isKnown = record.replies.some(
    one => one.sourceSpecificId !== null && one.sourceSpecificId === sent.sourceSpecificId,
  );
  if (isKnown && config.replyDedupe === 'conflict')
    throw new Refusal(409, 'source specific id already exists');
  const historyId = service.newUlid();
  record.replies.push({ ...sent, historyId, ticketNumber: ticket.number, createdAtMs: service.nowMs() });
  return jsonAnswer({ created_history_id: historyId }, true);
}

interface Target {
  readonly identifier: string;
  readonly by: 'ulid' | 'sourceSpecificId';
}

function checkTarget(seen: Asked['seen']): Target {
  const query = readQuery(seen, ['id', 'source_specific_id']);
  const id = query('id');
  const sourceSpecificId = query('source_specific_id');
  if (id !== null && sourceSpecificId === null) {
    if (!isUlid(id)) throw new Refusal(400, 'invalid ULID format for id parameter');
    return { identifier: id, by: 'ulid' };
  }
  if (id !== null || sourceSpecificId === null) {
    throw new Refusal(400, 'exactly one of id or source_specific_id must be provided');
  }
  return { identifier: sourceSpecificId, by: 'sourceSpecificId' };
}

function findTicket({ identifier, by }: Target, { record, config, nowMs }: Service): Ticket {
  // Crockford base32 is read without case; a source_specific_id is opaque.
  const wanted = by === 'ulid' ? identifier.toUpperCase() : identifier;
  const ticket = record.tickets.find(one => one[by] === wanted);
  if (ticket === undefined || nowMs() - ticket.createdAtMs < config.visibilityDelayMs) {
    throw new Refusal(404, `ticket not found for identifier: ${identifier}`);
  }
  return ticket;
}

function checkReply(parts: readonly Part[]): Omit<Reply, 'historyId' | 'ticketNumber' | 'createdAtMs'> {
  const fields = readFields(parts, rules);
  const content = fields.text('content');
  if (content === null || content.trim() === '') throw new Refusal(400, 'content is required');
  const user = fields.text('user');
  if (user === null || user.trim() === '') throw new Refusal(400, 'user is required');
  const files = fields.files('files');
  const sent = {
    content,
    user: checkReplyUser(user),
    sourceSpecificId: ifSent(fields.text('source_specific_id'), id => checkFilled('source_specific_id', id)),
    originalTimestamp: ifSent(fields.text('original_timestamp'), checkTimestamp),
    files,
    imageUrls: ifSent(fields.text('files_image_url'), urls => urls.split(',').map(checkImageUrl)) ?? [],
  };
  if (files.some(({ sizeBytes }) => sizeBytes > maxFileBytes)) {
    throw new Refusal(413, 'File size exceeds 32MB');
  }
  return sent;
}

/** The agent: id or e-mail at least. */
function checkReplyUser(text: string): SentUser {
  const user = checkUser(text, ['id', 'name', 'email', 'source_specific_id']);
  if (!user.id && !user.email) throw new Refusal(400, 'user.id or user.email is required');
  return user;
}
