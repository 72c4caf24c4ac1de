import type { Draft } from '../draft.ts';
import { type DraftProperty, isPropertyName } from '../draft-property.ts';
import { fieldLimitsCharacters } from '../field-limits.ts';
import { findEmails } from '../redaction/find-emails.ts';
import { cutText, normaliseText, oneLine } from '../text.ts';
import {
  type FilledByRecipe,
  type Recipe,
  type RecipeField,
  type RecipeRule,
  recipeRuleLimit,
} from './recipe.ts';

/** What a rule found on a page; null: nothing. */
export interface RuleValue {
  rule: RecipeRule;
  value: string | null;
}

/** What one recipe found on one page. */
export interface RecipeReading {
  recipe: Pick<Recipe, 'id' | 'name'>;
  /** Cleaned. */
  pageUrl: string;
  values: readonly RuleValue[];
}

const limitsCharacters: Readonly<Record<RecipeField, number>> = {
  customer_email: fieldLimitsCharacters.customerEmail,
  customer_name: fieldLimitsCharacters.customerName,
  company: fieldLimitsCharacters.companyText,
  company_source_specific_id: fieldLimitsCharacters.companyText,
  property: fieldLimitsCharacters.propertyValue,
};

/** What a rule makes of the words that it found: of an e-mail rule the first address, one line of each, within the limits. */
export function ruleValue({ fills }: RecipeRule, found: string | null): string | null {
  const line = oneLine(normaliseText(found ?? ''));
  const limit = limitsCharacters[fills];
  if (fills === 'customer_email') {
    const [email] = findEmails(line);
    return email && email.end - email.start <= limit ? line.slice(email.start, email.end) : null;
  }
  // Half an id would be another one.
  if (fills === 'company_source_specific_id' && line.length > limit) return null;
  return line === '' ? null : cutText(line, limit);
}

/**
 * Fills what a recipe found into the empty fields of a draft that is without a recipe; the same draft when it found
 * nothing for them. Of several rules for one field the first that found something counts.
 */
export function fillFromRecipe(draft: Draft, { recipe, pageUrl, values }: RecipeReading): Draft {
  const fields: FilledByRecipe['fields'] = {
    ...customerFields(draft, values),
    ...companyFields(draft, values),
  };
  const properties = newProperties(draft, values);
  if (Object.keys(fields).length === 0 && properties.length === 0) return draft;
  const { id, name } = recipe;
  const names = properties.map(property => property.name);
  return {
    ...draft,
    ...fields,
    properties: [...draft.properties, ...properties],
    recipe: { id, name, pageUrl, fields, properties: names },
  };
}

type Values = readonly RuleValue[];

function customerFields(draft: Draft, values: Values): FilledByRecipe['fields'] {
  const typedEmail = draft.customerEmail.trim();
  const email = first(values, 'customer_email');
  const name = first(values, 'customer_name');
  // The name of one customer must not stand beside the address of another.
  const isTheirs = typedEmail === '' || typedEmail.toLowerCase() === email?.toLowerCase();
  return {
    ...(email !== null && typedEmail === '' ? { customerEmail: email } : {}),
    ...(name !== null && isTheirs && draft.customerName.trim() === '' ? { customerName: name } : {}),
  };
}

function companyFields(draft: Draft, values: Values): FilledByRecipe['fields'] {
  if (draft.companyText.trim() !== '' || draft.company !== null) return {};
  const id = first(values, 'company_source_specific_id');
  const name = first(values, 'company');
  if (id === null) return name === null ? {} : { companyText: name };
  const companyText = name ?? id;
  return { companyText, company: { by: 'source_specific_id', value: id, name: companyText } };
}

function newProperties(draft: Draft, values: Values): DraftProperty[] {
  const found = new Map<string, DraftProperty>();
  for (const { rule, value } of values) {
    const name = rule.property;
    const isWanted = rule.fills === 'property' && value !== null && isPropertyName(name);
    if (!isWanted || found.has(name) || draft.properties.some(known => known.name === name)) continue;
    found.set(name, { name, value, isSent: true });
  }
  return [...found.values()].slice(0, Math.max(0, recipeRuleLimit - draft.properties.length));
}

function first(values: Values, fills: RecipeField): string | null {
  return values.find(({ rule, value }) => rule.fills === fills && value !== null)?.value ?? null;
}
