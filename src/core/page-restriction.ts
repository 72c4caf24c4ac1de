import type { PageRestriction } from './failure.ts';

// The browser's own words, as Chromium gives them; there is no error code to go by.
const restrictionByText: readonly (readonly [RegExp, PageRestriction])[] = [
  [/extensions gallery cannot be scripted/i, 'web-store'],
  [/showing error page/i, 'error-page'],
  [/ExtensionsSettings policy|blocked by (?:the )?(?:administrator|policy)|DisableScreenshots/i, 'policy'],
  [/chrome:\/\/|edge:\/\/|devtools:\/\/|chrome-extension:\/\/|view-source:/i, 'browser-page'],
  [/'activeTab' permission is (?:required|not in effect)|activeTab/i, 'needs-gesture'],
];

/**
 * Why a page refused, from the browser's message and the page's address (null when it may not be known).
 * The address decides where it can: the texts for blank pages and missing gestures are alike.
 */
export function pageRestriction(message: string, url: string | null): PageRestriction {
  if (/^about:(?:blank|srcdoc)/.test(url ?? '')) return 'blank-page';
  if (/^file:/.test(url ?? '')) return 'file-access-off';
  if (/^(?:chrome|edge|brave|devtools|chrome-extension|view-source):/.test(url ?? '')) return 'browser-page';
  return restrictionByText.find(([text]) => text.test(message))?.[1] ?? 'other';
}
