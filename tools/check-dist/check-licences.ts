import { type Files, type Problem, textOf } from './problem.ts';

const licencesPath = 'third-party-licences.md';

/** The licences of the bundled packages ask to be shipped with them; the strictest of them stands for the list. */
export function checkLicences(files: Files): Problem[] {
  const licences = textOf(files, licencesPath) ?? '';
  return /webextension-polyfill\b.*MPL-2\.0/.test(licences)
    ? []
    : [{ file: licencesPath, text: 'does not name the licence of webextension-polyfill' }];
}
