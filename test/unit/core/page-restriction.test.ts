import { expect, test } from 'vitest';
import { pageRestriction } from '../../../src/core/page-restriction.ts';

// The words are Chromium's own.
test.each([
  ['Cannot access a chrome:// URL', 'chrome://settings/', 'browser-page'],
  ['Cannot access contents of the page.', 'view-source:https://example.com/', 'browser-page'],
  ['Cannot access a chrome-extension:// URL of different extension', null, 'browser-page'],
  ['The extensions gallery cannot be scripted.', 'https://chromewebstore.google.com/', 'web-store'],
  ['Frame with ID 0 is showing error page', 'https://example.com/', 'error-page'],
  ['This page cannot be scripted due to an ExtensionsSettings policy.', 'https://example.com/', 'policy'],
  ['Taking screenshots has been disabled, by DisableScreenshots', 'https://example.com/', 'policy'],
  ["Either the '<all_urls>' or 'activeTab' permission is required.", 'https://example.com/', 'needs-gesture'],
  ["The 'activeTab' permission is not in effect because …", null, 'needs-gesture'],
  // Both of these come with the words of a missing gesture.
  ["Either the '<all_urls>' or 'activeTab' permission is required.", 'about:blank', 'blank-page'],
  ["Either the '<all_urls>' or 'activeTab' permission is required.", 'file:///a.pdf', 'file-access-off'],
  ['Something that Chromium has never said', 'https://example.com/', 'other'],
  ['', null, 'other'],
])('%j on %j: %s', (message, url, restriction) => {
  expect(pageRestriction(message, url)).toBe(restriction);
});
