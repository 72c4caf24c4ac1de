import type { PageDetailName } from './draft.ts';
import { fieldLimitsCharacters } from './field-limits.ts';
import type { Recipe } from './recipe/recipe.ts';
import { allRules, type RedactionRules } from './redaction/redaction-rules.ts';
import { defaultRetention, type Retention } from './retention.ts';
import type { Template } from './template/template.ts';
import { oneLine } from './text.ts';

/** What the person has set. Kept in `storage.local`; the key is not among it. */
export interface Settings {
  version: 3;
  agentName: string;
  agentEmail: string;
  /** Choices for a ticket's category; free text, one each. */
  categories: string[];
  /** Page details that new drafts leave out. */
  omittedDetails: PageDetailName[];
  /** What is looked for in texts and pictures, to be covered before it leaves. */
  redaction: RedactionRules;
  templates: Template[];
  recipes: Recipe[];
  retention: Retention;
}

/** Before the person set anything. The first categories come in the person's language (platform/settings-store.ts). */
export const defaultSettings: Settings = {
  version: 3,
  agentName: '',
  agentEmail: '',
  categories: [],
  omittedDetails: [],
  redaction: allRules,
  templates: [],
  recipes: [],
  retention: defaultRetention,
};

/** Most categories. */
export const categoryLimit = 50;

/** The categories in a text that has one on each line, without blanks and repeats. `isCut`: not all of it was taken. */
export function categoriesFromText(typed: string): { categories: string[]; isCut: boolean } {
  const lines = new Set(typed.split('\n').map(oneLine).filter(Boolean));
  const categories = [...lines]
    .filter(line => line.length <= fieldLimitsCharacters.category)
    .slice(0, categoryLimit);
  return { categories, isCut: categories.length < lines.size };
}
