import { ok } from '../../core/result.ts';
import type { Handlers } from '../../platform/privileged/route-message.ts';
import { tryablePages, tryRecipe } from '../recipe-flow.ts';

/** Recipes, tried on the pages on which a gesture was made. */
export const recipeHandlers = {
  'recipes.pages': async () => ok(await tryablePages()),
  'recipes.try': async ({ tabId, recipe }) => tryRecipe(tabId, recipe),
} satisfies Partial<Handlers>;
