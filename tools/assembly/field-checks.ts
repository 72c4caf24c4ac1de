import { Refusal } from './answer.ts';

/** A user as sent with a ticket (the customer) or a reply (the agent). */
export type SentUser = Readonly<Partial<Record<UserMember, string>>>;

export type UserMember = 'email' | 'source_specific_id' | 'id' | 'name' | 'username' | 'image_url';

/** Flat values only. */
export type AdditionalProperties = Readonly<Record<string, string | number | boolean>>;

/** @throws Refusal 400 unless the text is a JSON object */
function parseObject(name: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, `${name} is not valid JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, `${name} must be a JSON object`);
  }
  return Object.fromEntries(Object.entries(value));
}

/** @throws Refusal 400 for a member that is unknown or no text, or an e-mail address without an @ */
export function checkUser(text: string, members: readonly UserMember[]): SentUser {
  const user: Partial<Record<UserMember, string>> = {};
  for (const [name, value] of Object.entries(parseObject('user', text))) {
    const member = members.find(one => one === name);
    if (member === undefined) throw new Refusal(400, `unknown field in user: ${name}`);
    if (typeof value !== 'string') throw new Refusal(400, `user.${name} must be a string`);
    user[member] = value;
  }
  if (user.email && !/^[^\s@]+@[^\s@]+$/.test(user.email)) {
    throw new Refusal(400, 'user.email is not an e-mail address');
  }
  return user;
}

/** @throws Refusal 400 unless every value is a string, a number or a boolean */
export function checkAdditionalProperties(text: string): AdditionalProperties {
  const properties: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(parseObject('additional_properties', text))) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw new Refusal(400, `additional_properties must be flat: ${name}`);
    }
    properties[name] = value;
  }
  return properties;
}

/** @throws Refusal 400 unless the text is a UUID of any version, with dashes */
export function checkUuid(name: string, text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
    throw new Refusal(400, `${name} must be a UUID`);
  }
  return text;
}

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** @throws Refusal 400 unless the text is an RFC 3339 time that exists (no 30 February, no leap second) */
export function checkTimestamp(text: string): string {
  const refusal = new Refusal(400, 'original_timestamp must be in RFC3339 format');
  const match = rfc3339.exec(text);
  if (match === null) throw refusal;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Date rolls 30 February over to March: what comes back must be what went in.
  if (date.toISOString().slice(0, 19) !== text.slice(0, 19)) throw refusal;
  return text;
}

/** @throws Refusal 400 unless the text is one absolute http(s) address without spaces */
export function checkImageUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || /\s/.test(text)) {
    throw new Refusal(400, `files_image_url couldn't be opened: ${text.slice(0, 100)}`);
  }
  return text;
}

/** @throws Refusal 400 when the field was sent empty */
export function checkFilled(name: string, text: string): string {
  if (text.trim() === '') throw new Refusal(400, `${name} must not be empty`);
  return text;
}

/** Lets a field that was not sent stay null. */
export function ifSent<T>(text: string | null, check: (text: string) => T): T | null {
  return text === null ? null : check(text);
}
