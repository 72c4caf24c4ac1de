import type { RecipeFinding, RecipePage } from '../contract/views.ts';
import type { Draft } from '../core/draft.ts';
import { wantsReading } from '../core/fill-from-page.ts';
import { cleanPageUrl } from '../core/page-link.ts';
import { addressPattern, valueInAddress } from '../core/recipe/address-pattern.ts';
import { type RecipeReading, ruleValue } from '../core/recipe/fill-from-recipe.ts';
import type { Recipe, RecipeRule } from '../core/recipe/recipe.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { firstForSite } from '../core/site.ts';
import { oneLine } from '../core/text.ts';
import { browser } from '../platform/browser.ts';
import { apiBaseUrl } from '../platform/host-access.ts';
import { readPageFields } from '../platform/privileged/page-fields.ts';
import { type PageTarget, pageInTab } from '../platform/privileged/page-target.ts';

/**
 * What the recipe for a page finds there for this draft. Null, and nothing is put into the page, when no recipe is for
 * its site, or it was read for this draft before.
 */
export async function readRecipe(
  recipes: readonly Recipe[],
  page: PageTarget,
  draft: Draft,
): Promise<RecipeReading | null> {
  const recipe = firstForSite(recipes, page.url);
  const pageUrl = page.url === null ? null : cleanPageUrl(page.url);
  if (!recipe || pageUrl === null || !wantsReading(draft, pageUrl)) return null;
  return { recipe, pageUrl, values: await findings(recipe.rules, page) };
}

/** What each rule of a recipe finds on the page in a tab, whatever its sites are. */
export async function tryRecipe(tabId: number, recipe: Recipe): Promise<Result<RecipeFinding[]>> {
  const page = await pageInTab(tabId);
  if (!page.ok) return page;
  // A tab may have gone elsewhere since it was listed.
  return isTryable(page.value.url ?? '')
    ? ok(await findings(recipe.rules, page.value))
    : fail({ kind: 'no-page' });
}

/** The pages of the web whose address the browser lets us see: those on which the toolbar button was pressed. */
export async function tryablePages(): Promise<RecipePage[]> {
  const tabs = await browser.tabs.query({});
  return tabs.flatMap(({ id, url = '', title = '' }) => {
    return id === undefined || !isTryable(url)
      ? []
      : [{ tabId: id, title: oneLine(title), url: cleanPageUrl(url) ?? '' }];
  });
}

/** Pages of the API are seen without a gesture, for it is the one host that the extension may ask. */
function isTryable(url: string): boolean {
  return /^https?:/.test(url) && new URL(url).origin !== apiBaseUrl;
}

async function findings(rules: readonly RecipeRule[], page: PageTarget): Promise<RecipeFinding[]> {
  const asked = rules.filter(({ from, pattern }) => from === 'element' && pattern.trim() !== '');
  const questions = asked.map(({ pattern, attribute }) => ({
    selector: pattern,
    attribute: attribute.trim(),
  }));
  const answers = questions.length === 0 ? [] : await readPageFields(page, questions);
  return rules.map(rule => {
    const answer = rule.from === 'element' ? answers?.[asked.indexOf(rule)] : addressAnswer(rule, page);
    return { rule, value: ruleValue(rule, answer?.value ?? null), isInvalid: answer?.isInvalid ?? false };
  });
}

function addressAnswer({ pattern }: RecipeRule, { url }: PageTarget) {
  if (pattern.trim() === '') return undefined;
  const isInvalid = addressPattern(pattern.trim()) === null;
  return { value: url === null ? null : valueInAddress(url, pattern.trim()), isInvalid };
}
