import { type Answer, errorAnswer, jsonAnswer, Refusal } from './answer.ts';
import { checkAuthorization } from './authorization.ts';
import {
  checkAdditionalProperties,
  checkFilled,
  checkImageUrl,
  checkTimestamp,
  checkUser,
  checkUuid,
  ifSent,
  type SentUser,
} from './field-checks.ts';
import { type FieldRules, readFields } from './form-fields.ts';
import { checkBase64Image, checkImageFile } from './image-check.ts';
import { limitAnswer, type RateLimited } from './limit-answer.ts';
import type { Part } from './multipart-form.ts';
import type { Ticket } from './record.ts';
import type { Asked, Service } from './service.ts';

const rules: FieldRules = {
  once: [
    'query',
    'title',
    'user',
    'company_id',
    'company_source_specific_id',
    'source_specific_id',
    'additional_properties',
    'original_timestamp',
  ],
  repeated: ['files_base64', 'files_image_url'],
  files: ['files'],
};

/** `POST /interactions`: 200 `{"created_ticket_number": "ASM-…"}`. */
export function createTicket({ seen, readParts }: Asked, service: Service): Answer {
  const { config, record, ticketWindow, directory } = service;
  const key = checkAuthorization(seen.headers, config);
  const limited: RateLimited = { window: ticketWindow, caller: key, limit: config.ticketLimit };
  const refused = limitAnswer(limited, service);
  if (refused !== null) return refused;
  const sent = checkTicket(readParts());
  const earlier = record.tickets.find(
    one => one.sourceSpecificId !== null && one.sourceSpecificId === sent.sourceSpecificId,
  );
  if (earlier !== undefined && config.ticketDedupe !== 'none') {
    if (config.ticketDedupe === 'same-answer') return jsonAnswer({ created_ticket_number: earlier.number });
    return errorAnswer(config.ticketDedupe === 'conflict' ? 409 : 400, 'source specific id already exists');
  }
  const number = service.newTicketNumber();
  record.tickets.push({ ...sent, number, ulid: service.newUlid(), createdAtMs: service.nowMs() });
  if (sent.user !== null) directory.meet(sent.user);
  return jsonAnswer({ created_ticket_number: number }, true);
}

function checkTicket(parts: readonly Part[]): Omit<Ticket, 'number' | 'ulid' | 'createdAtMs'> {
  const fields = readFields(parts, rules);
  const query = fields.text('query');
  if (query === null || query.trim() === '') throw new Refusal(400, 'query is required');
  const title = fields.text('title');
  // The page calls the title optional and its first example has none, yet lists "missing title": an empty one it is.
  if (title !== null && title.trim() === '') throw new Refusal(400, 'missing title');
  const companyId = ifSent(fields.text('company_id'), text => checkUuid('company_id', text));
  const companySourceSpecificId = checkedId(
    fields.text('company_source_specific_id'),
    'company_source_specific_id',
  );
  if (companyId !== null && companySourceSpecificId !== null) {
    throw new Refusal(400, 'only one of company_id and company_source_specific_id can be given');
  }
  return {
    query,
    title,
    companyId,
    companySourceSpecificId,
    user: ifSent(fields.text('user'), checkTicketUser),
    sourceSpecificId: checkedId(fields.text('source_specific_id'), 'source_specific_id'),
    additionalProperties: ifSent(fields.text('additional_properties'), checkAdditionalProperties) ?? {},
    originalTimestamp: ifSent(fields.text('original_timestamp'), checkTimestamp),
    images: [
      ...fields.files('files').map(checkImageFile),
      ...fields.texts('files_base64').map(checkBase64Image),
    ],
    imageUrls: fields.texts('files_image_url').map(checkImageUrl),
  };
}

function checkedId(text: string | null, name: string): string | null {
  return ifSent(text, id => checkFilled(name, id));
}

/** The customer: one of e-mail, source_specific_id and Assembly id at least. */
function checkTicketUser(text: string): SentUser {
  const user = checkUser(text, ['email', 'source_specific_id', 'id', 'name', 'username', 'image_url']);
  if (!user.email && !user.source_specific_id && !user.id) {
    throw new Refusal(400, 'user must have at least one of email, source_specific_id, id');
  }
  return user;
}
