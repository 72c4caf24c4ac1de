import { appendToBody, bodyLimitCharacters, type Draft } from '../draft.ts';
import { fieldLimitsCharacters } from '../field-limits.ts';
import { cutText, oneLine } from '../text.ts';
import {
  countSelections,
  filledBlocks,
  filledText,
  type TemplateValues,
  withoutSelection,
} from './placeholders.ts';
import type { AppliedTemplate, Template, TemplateFields } from './template.ts';
import { withoutTemplate } from './without-template.ts';

type TemplateWords = Pick<Template, 'id' | 'name' | 'title' | 'body' | 'category'>;

/** The choice of no template. */
const none: TemplateWords = { id: '', name: '', title: '', body: '', category: '' };

/**
 * The draft with a template in the place of the one that it had; null takes that back for good. Fills the title and the
 * category where they are empty. What was captured goes where `{{selection}}` stands, or below. A body that the person
 * changed since the last template was filled in stays as it is, below the new one.
 */
export function applyTemplate(
  draft: Draft,
  template: TemplateWords | null,
  values: TemplateValues,
  isChosen: boolean,
): Draft {
  const isMixed = hasWordsOfTemplate(draft) && draft.body !== draft.template?.after.body;
  const { id, name, title, body, category } = template ?? none;
  const plain = withoutTemplate(draft);
  const applied = { id, name, title, body: isMixed ? withoutSelection(body) : body, category, isChosen };
  const before = { title: plain.title, body: plain.body, category: plain.category };
  const after = filledFields(applied, before, plain, values);
  return { ...plain, ...after, template: { ...applied, before, after } };
}

function hasWordsOfTemplate({ template }: Draft): boolean {
  return template !== null && template.body.trim() !== '';
}

/** Fills the draft's template anew, for the page or the customer is another: each field where it is as it was filled. */
export function refillTemplate(draft: Draft, values: TemplateValues): Draft {
  return draft.template === null ? draft : filledAnew(draft, draft.template, draft.template.before, values);
}

/** Adds what was captured: where the template has it, as long as its text is as it was filled; else below. */
export function withQuote(draft: Draft, quote: string, values: TemplateValues): Draft {
  const { template } = draft;
  if (template === null || draft.body !== template.after.body) {
    return { ...draft, body: appendToBody(draft.body, quote) };
  }
  const before = { ...template.before, body: appendToBody(template.before.body, quote) };
  return filledAnew(draft, template, before, values);
}

function filledAnew(
  draft: Draft,
  template: AppliedTemplate,
  before: TemplateFields,
  values: TemplateValues,
): Draft {
  const filled = filledFields(template, before, draft, values);
  const next = { ...draft };
  const after = { ...template.after };
  for (const name of ['title', 'body', 'category'] as const) {
    if (draft[name] !== template.after[name]) continue;
    next[name] = filled[name];
    after[name] = filled[name];
  }
  return { ...next, template: { ...template, before, after } };
}

function filledFields(
  template: TemplateWords,
  before: TemplateFields,
  draft: Draft,
  values: TemplateValues,
): TemplateFields {
  const selection = before.body.trim();
  const isTitled = before.title.trim() !== '' || template.title === '';
  const title = isTitled ? before.title : oneLine(filledText(template.title, draft, selection, values));
  return {
    title: cutText(title, fieldLimitsCharacters.title),
    body: filledBody(template, before, draft, values),
    category: before.category || template.category,
  };
}

/** Nothing of what was there is lost for want of room: it then stands below as much of the template as there is room for. */
function filledBody(
  { body }: TemplateWords,
  before: TemplateFields,
  draft: Draft,
  values: TemplateValues,
): string {
  if (body.trim() === '') return before.body;
  const selection = before.body.trim();
  const places = countSelections(body);
  const above = (words: string) => (selection === '' ? words : appendToBody(words, selection));
  if (places > 0 && places * selection.length + body.length <= bodyLimitCharacters) {
    const whole = filledBlocks(body, draft, selection, values);
    if (whole.length <= bodyLimitCharacters) return whole;
  }
  const words = filledText(withoutSelection(body), draft, '', values);
  const room = bodyLimitCharacters - above('').length - 2;
  if (room <= 0) return before.body;
  return above(cutText(words, room));
}
