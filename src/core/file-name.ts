import { fieldLimitsCharacters } from './field-limits.ts';
import { cutText, oneLine } from './text.ts';

/** Longest ending of a name that is kept when the name is cut, with its dot. */
const endingLimitCharacters = 12;

/**
 * A file's name as it is sent: on one line, with nothing that multipart writes in another way (quotes) or that a
 * receiver takes for a folder, and within the limit with its ending kept. Given such a name it answers the same.
 */
export function sentFileName(name: string): string {
  const plain = oneLine(name.replaceAll('"', '’').replace(/[/\\]/g, '-'));
  const { fileName: limit } = fieldLimitsCharacters;
  if (plain.length <= limit) return plain === '' || /^\.+$/.test(plain) ? `file${plain}` : plain;
  const dotAt = plain.lastIndexOf('.');
  const ending = dotAt > 0 && plain.length - dotAt <= endingLimitCharacters ? plain.slice(dotAt) : '';
  return `${cutText(plain, limit - ending.length).trimEnd()}${ending}`;
}
