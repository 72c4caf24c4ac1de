import { clip, oneLine } from '../text.ts';
import { parseJsonObject } from './json-object.ts';

const wordsLimitCharacters = 300;

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

/**
 * The server's own words about a status that is no success: JSON `error`, else JSON `message`, else the
 * usual text of the status (also for HTML, which is a proxy's page and not Assembly's words). Never empty.
 */
export function serverWords(status: number, body: string): string {
  const json = parseJsonObject(body);
  for (const field of ['error', 'message']) {
    const value = json?.[field];
    const words = typeof value === 'string' ? clip(oneLine(value), wordsLimitCharacters) : '';
    // Of one endless grapheme the clip leaves the ellipsis alone, which says nothing.
    if (/[^…]/.test(words)) return words;
  }
  return statusText[status] ?? `Status ${status}`;
}
