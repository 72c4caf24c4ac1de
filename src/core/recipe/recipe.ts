import type { Draft } from '../draft.ts';

/** What a rule of a recipe fills in. `company` is a name to choose by; the other two are ids that are sent. */
export const recipeFields = [
  'customer_email',
  'customer_name',
  'company',
  'company_source_specific_id',
  'property',
] as const;
export type RecipeField = (typeof recipeFields)[number];

/** Takes one value from a page. */
export interface RecipeRule {
  fills: RecipeField;
  /** The name of the property (snake_case) when `fills` is 'property'; else empty. */
  property: string;
  /** Where it is looked for: an element of the page, or the page's address. */
  from: 'element' | 'address';
  /** A CSS selector, or a URL pattern whose first group is the value: `/orders/:number`. */
  pattern: string;
  /** The attribute of the element that holds the value; empty: its text, or what a field holds. */
  attribute: string;
}

/** How to read the pages of a site. */
export interface Recipe {
  id: string;
  name: string;
  /** Where it is used (`isOnSite`). */
  sites: string[];
  rules: RecipeRule[];
}

/**
 * What a recipe filled into a draft; where a field still holds that, it can be taken back. Without fields and properties
 * it was: for this page that is the end of it.
 */
export interface FilledByRecipe {
  id: string;
  name: string;
  /** The page that it was read from, cleaned. */
  pageUrl: string;
  fields: Partial<Pick<Draft, 'customerEmail' | 'customerName' | 'companyText' | 'company'>>;
  /** Names of `Draft.properties`. */
  properties: string[];
}

export const recipeLimit = 50;
export const recipeRuleLimit = 20;
