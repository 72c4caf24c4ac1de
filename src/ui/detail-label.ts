import type { PageDetailName } from '../core/draft.ts';
import { type TextKey, text } from '../platform/localised-text.ts';

const labels: Record<PageDetailName, TextKey> = {
  page_url: 'detailPageUrl',
  page_title: 'detailPageTitle',
  browser: 'detailBrowser',
  os: 'detailOs',
  viewport: 'detailViewport',
  language: 'detailLanguage',
  time_zone: 'detailTimeZone',
};

export function detailLabel(name: PageDetailName): string {
  return text(labels[name]);
}
