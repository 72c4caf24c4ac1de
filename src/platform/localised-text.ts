import type english from '../../public/_locales/en/messages.json';
import { browser } from './browser.ts';

export type TextKey = keyof typeof english;

/** The text in the person's language, with `$1`, `$2` … replaced. Keys are checked against `_locales/en`. */
export function text(key: TextKey, ...substitutions: (string | number)[]): string {
  return browser.i18n.getMessage(key, substitutions.map(String));
}
