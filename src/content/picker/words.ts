import type english from '../../../public/_locales/en/messages.json';

export type PickerWord = Extract<keyof typeof english, `pick${string}`>;

/** The words in the person's language. Empty once the extension was updated or switched off under the page. */
export function words(key: PickerWord, ...substitutions: (string | number)[]): string {
  return message(key, substitutions.map(String));
}

export function wordsDirection(): 'ltr' | 'rtl' {
  return message('@@bidi_dir', []) === 'rtl' ? 'rtl' : 'ltr';
}

function message(key: string, substitutions: string[]): string {
  try {
    return chrome.i18n.getMessage(key, substitutions);
  } catch {
    return '';
  }
}
