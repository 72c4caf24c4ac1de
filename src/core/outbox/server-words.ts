import { stripUnsafeControls } from '../plain-text.ts';
import { parseJsonObject } from './json-object.ts';

const longestText = 300;

/** What is said when the body has no words of its own. */
const statusText: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authorized',
  402: 'Payment required',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Already exists',
  410: 'Gone',
  411: 'Length required',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not accepted',
  425: 'Too early',
  429: 'Too many requests',
  451: 'Unavailable for legal reasons',
  500: 'Internal server error',
  501: 'Not implemented',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
  511: 'Network sign-in required',
};

/** Invisible, and alone no text: a value made of them counts as empty. */
const directionMarks = /[\u061c\u200e\u200f]/g;

/** Text from outside on one line, safe to show as text: no control or direction characters, single spaces. */
export function oneLine(text: string): string {
  return stripUnsafeControls(text).replace(directionMarks, '').replace(/\s+/g, ' ').trim();
}

/** At most 300 UTF-16 units with the ellipsis, cut between graphemes; '' when not even the first one fits. */
function cut(text: string): string {
  if (text.length <= longestText) return text;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('en').segment(text)) {
    if (index + segment.length > longestText - 1) break;
    end = index + segment.length;
  }
  return end === 0 ? '' : `${text.slice(0, end).trimEnd()}…`;
}

/**
 * The server's own words about a status that is no success: JSON `error`, else JSON `message`, else the
 * usual text of the status (also for HTML, which is a proxy's page and not Assembly's words). Never empty.
 */
export function serverWords(status: number, body: string): string {
  const json = parseJsonObject(body);
  for (const field of ['error', 'message']) {
    const value = json?.[field];
    const words = typeof value === 'string' ? cut(oneLine(value)) : '';
    if (words !== '') return words;
  }
  return statusText[status] ?? `Status ${status}`;
}
