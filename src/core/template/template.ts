import type { Draft } from '../draft.ts';

/** A ticket to start from. `title` and `body` may hold placeholders: `{{page.title}}`, `{{selection}}` … */
export interface Template {
  id: string;
  name: string;
  /** Where it is used by itself (`isOnSite`); empty: only when it is chosen. */
  sites: string[];
  title: string;
  body: string;
  /** Empty: the category stays. */
  category: string;
}

/** What a template changes in a draft. */
export type TemplateFields = Pick<Draft, 'title' | 'body' | 'category'>;

/**
 * The template that a draft was started from: a copy, for the settings may change. `before` is what the fields held
 * without it (in `body`, what was captured), `after` what it made of them: where they still hold that, it can be taken
 * back, or filled anew when more is captured. The choice of none has an empty id.
 */
export interface AppliedTemplate {
  id: string;
  name: string;
  title: string;
  body: string;
  category: string;
  before: TemplateFields;
  after: TemplateFields;
  /** The person chose it: no page changes that. Else it came with its site, and goes when the draft meets another. */
  isChosen: boolean;
}

export const templateLimit = 50;

/** The placeholders that there are, without those of properties: `{{property.order_number}}`. */
export const placeholderNames = [
  'selection',
  'page.title',
  'page.url',
  'date',
  'time',
  'agent.name',
  'customer.name',
  'customer.email',
  'company',
] as const;
export type PlaceholderName = (typeof placeholderNames)[number];
