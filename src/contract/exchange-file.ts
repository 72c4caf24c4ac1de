import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { type Recipe, type RecipeRule, recipeLimit } from '../core/recipe/recipe.ts';
import { type RuleProblem, ruleProblems } from '../core/recipe/rule-problem.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Settings } from '../core/settings.ts';
import { parseSite } from '../core/site.ts';
import { type Template, templateLimit } from '../core/template/template.ts';
import { normaliseText, oneLine } from '../core/text.ts';
import { isBoundedData } from './bounded-data.ts';
import { recipeContents, templateContents } from './stored-settings.ts';
import { z } from './zod.ts';

// Templates and recipes as a file, for colleagues. It comes from anybody: it holds nothing but words, and each of them is checked.

export type SharedTemplate = Omit<Template, 'id'>;
export type SharedRecipe = Omit<Recipe, 'id'>;
export interface Shared {
  templates: SharedTemplate[];
  recipes: SharedRecipe[];
}

/** Why a file is not taken. `path` leads to the first wrong place in it: `recipes[0].rules[2].pattern`. */
export type ExchangeProblem =
  | { kind: 'too-large' | 'not-json' | 'other-file' | 'newer' }
  | { kind: 'wrong-value'; path: string }
  | { kind: 'wrong-rule'; path: string; problem: RuleProblem }
  | { kind: 'wrong-site'; path: string };

export const exchangeLimitBytes = 1_000_000;

const format = 'capture-for-assembly';
const version = 1;

const text = (limitCharacters: number) => z.string().check(z.maxLength(limitCharacters));
const name = text(fieldLimitsCharacters.templateName).check(z.refine(words => oneLine(words) !== ''));

const fileSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  templates: z.array(z.strictObject({ name, ...templateContents })).check(z.maxLength(templateLimit)),
  recipes: z.array(z.strictObject({ name, ...recipeContents })).check(z.maxLength(recipeLimit)),
});

const dataLimits = { levels: 6, values: 50_000, characters: exchangeLimitBytes };

/** The file of what is set: templates and recipes alone, without their ids. */
export function exchangeFile({ templates, recipes }: Pick<Settings, 'templates' | 'recipes'>): string {
  const shared: Shared = {
    templates: templates.map(({ id: _, ...template }) => template),
    recipes: recipes.map(({ id: _, ...recipe }) => recipe),
  };
  return `${JSON.stringify({ format, version, ...shared }, null, 2)}\n`;
}

/** What a file of at most `exchangeLimitBytes` holds, or why it is not taken. Never throws; part of a file is never taken. */
export function parseExchangeFile(
  json: string,
  isSelector: (typed: string) => boolean,
): Result<Shared, ExchangeProblem> {
  if (json.length > exchangeLimitBytes) return fail({ kind: 'too-large' });
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    return fail({ kind: 'not-json' });
  }
  if (!isObject(data) || data['format'] !== format) return fail({ kind: 'other-file' });
  if (typeof data['version'] === 'number' && data['version'] > version) return fail({ kind: 'newer' });
  if (!isBoundedData(data, dataLimits)) return fail({ kind: 'wrong-value', path: '' });
  const parsed = fileSchema.safeParse(data);
  if (!parsed.success) return fail({ kind: 'wrong-value', path: pathText(parsed.error.issues[0]) });
  const { templates, recipes } = parsed.data;
  const problem =
    wrongSite('templates', templates) ?? wrongSite('recipes', recipes) ?? wrongRule(recipes, isSelector);
  return problem ? fail(problem) : ok({ templates: templates.map(readable), recipes: recipes.map(named) });
}

/** What goes into tickets reads as it is: nothing in it is hidden or turned round. */
function readable(template: SharedTemplate): SharedTemplate {
  const { title, body, category } = template;
  return {
    ...named(template),
    title: oneLine(title),
    body: normaliseText(body),
    category: oneLine(category),
  };
}

function named<Words extends { name: string }>(words: Words): Words {
  return { ...words, name: oneLine(words.name) };
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

interface Issue {
  path: PropertyKey[];
  keys?: string[];
}

/** An unknown key is named itself, and not only what it stands in. */
function pathText(issue: Issue | undefined): string {
  const parts = [...(issue?.path ?? []), ...(issue?.keys?.slice(0, 1) ?? [])];
  return parts
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1, 120);
}

function wrongSite(list: string, items: readonly { sites: string[] }[]): ExchangeProblem | null {
  for (const [index, item] of items.entries()) {
    const wrong = item.sites.findIndex(site => !parseSite(site));
    if (wrong !== -1) return { kind: 'wrong-site', path: `${list}[${index}].sites[${wrong}]` };
  }
  return null;
}

function wrongRule(
  recipes: readonly { rules: RecipeRule[] }[],
  isSelector: (typed: string) => boolean,
): ExchangeProblem | null {
  for (const [index, { rules }] of recipes.entries()) {
    for (const [at, rule] of rules.entries()) {
      const [problem] = ruleProblems(rule, isSelector);
      if (problem === undefined) continue;
      const field = problem === 'property-name' ? 'property' : 'pattern';
      return { kind: 'wrong-rule', path: `recipes[${index}].rules[${at}].${field}`, problem };
    }
  }
  return null;
}
