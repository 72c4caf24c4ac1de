import { ok } from '../../core/result.ts';
import type { Handlers } from '../../platform/privileged/route-message.ts';

/** Recipes, tried on the pages on which a gesture was made. */
export const recipeHandlers = {
  'recipes.pages': async () => ok([]),
  'recipes.try': async () => ok([]),
} satisfies Partial<Handlers>;
