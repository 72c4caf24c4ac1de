import { Refusal } from './answer.ts';
import type { Settings } from './settings.ts';

/**
 * The vendor checks the whole header value as the key, with no `Bearer` prefix.
 *
 * @returns the key that was sent
 * @throws Refusal 401 for a missing, unknown or expired key
 */
export function checkAuthorization(headers: Readonly<Record<string, string>>, settings: Settings): string {
  const { authorization: key } = headers;
  if (key !== undefined && settings.expiredApiKeys.includes(key)) throw new Refusal(401, 'Expired API Key');
  if (key === undefined || !settings.apiKeys.includes(key)) throw new Refusal(401, 'Invalid API Key');
  return key;
}
