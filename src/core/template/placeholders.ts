import type { Draft } from '../draft.ts';
import { sentPageDetails } from '../draft-request.ts';
import { BodyWriter } from './body-writer.ts';
import type { PlaceholderName } from './template.ts';

/** What a template is filled with, beside the draft itself. */
export interface TemplateValues {
  agentName: string;
  /** The present day and time, in the person's language. */
  date: string;
  time: string;
}

const propertyPrefix = 'property.';
const placeholder = /\{\{[ \t]{0,20}([a-z][a-z0-9_.]{0,79})[ \t]{0,20}\}\}/g;

/**
 * The text with its placeholders filled, literally: what a value holds is never looked at for placeholders. Unknown ones
 * stay as they stand. What will not be sent of the page is empty.
 */
export function filledText(text: string, draft: Draft, selection: string, values: TemplateValues): string {
  const known = knownValues(draft, selection, values);
  return text.replace(placeholder, (all, name: string) => {
    if (name.startsWith(propertyPrefix)) return propertyValue(draft, name.slice(propertyPrefix.length));
    return known.get(name) ?? all;
  });
}

/** The same of many lines, with what was captured on lines of its own where it has to be (`BodyWriter`). */
export function filledBlocks(text: string, draft: Draft, selection: string, values: TemplateValues): string {
  const body = new BodyWriter();
  let at = 0;
  for (const { index, 0: all, 1: name } of text.matchAll(placeholder)) {
    body.words(text.slice(at, index));
    if (name === 'selection') body.captured(selection);
    else body.words(filledText(all, draft, '', values));
    at = index + all.length;
  }
  body.words(text.slice(at));
  return body.text;
}

/** How often the captured text would stand in a filled text. */
export function countSelections(text: string): number {
  return [...text.matchAll(placeholder)].filter(([, name]) => name === 'selection').length;
}

/** The text without the places of the captured text. */
export function withoutSelection(text: string): string {
  return text.replace(placeholder, (all, name: string) => (name === 'selection' ? '' : all));
}

/** The day and the time of an instant, as the person's language writes them. */
export function momentTexts(
  instantMs: number,
  locale: string,
  timeZone?: string,
): Pick<TemplateValues, 'date' | 'time'> {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(instantMs);
  return { date: format({ dateStyle: 'medium' }), time: format({ timeStyle: 'short' }) };
}

function knownValues(draft: Draft, selection: string, values: TemplateValues): Map<string, string> {
  const page = sentPageDetails(draft);
  const known: Record<PlaceholderName, string> = {
    selection,
    'page.title': page.page_title ?? '',
    'page.url': page.page_url ?? '',
    date: values.date,
    time: values.time,
    'agent.name': values.agentName,
    'customer.name': draft.customerName,
    'customer.email': draft.customerEmail,
    company: draft.company?.name || draft.companyText,
  };
  return new Map(Object.entries(known));
}

/** Empty for one that is not there: which there are depends on the page. */
function propertyValue({ properties }: Draft, wanted: string): string {
  return properties.find(({ name, isSent }) => isSent && name === wanted)?.value ?? '';
}
