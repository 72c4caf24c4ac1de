import { type Draft, isUntouched } from './draft.ts';
import { fillFromRecipe, type RecipeReading } from './recipe/fill-from-recipe.ts';
import { withoutRecipe } from './recipe/without-recipe.ts';
import { applyTemplate, refillTemplate } from './template/fill-template.ts';
import type { TemplateValues } from './template/placeholders.ts';
import type { Template } from './template/template.ts';
import { withoutTemplate } from './template/without-template.ts';

/** What a page brings to a draft by itself. */
export interface PageFilling {
  /** Cleaned; null where there is none to tell. */
  pageUrl: string | null;
  /** What a recipe found there; null when none is for it, or it is not to be read again. */
  reading: RecipeReading | null;
  /** The template of its site. */
  template: Template | null;
  values: TemplateValues;
}

/**
 * The draft as it is over that page, whose details it has already. An untouched ticket gets what belongs to the page, in
 * the place of what belonged to another. One that holds something is only filled where it is empty, and from one page:
 * what two pages say might be of two customers. Nothing comes into a reply.
 */
export function fillFromPage(draft: Draft, filling: PageFilling): Draft {
  if (draft.kind === 'reply') return draft;
  const { pageUrl, reading, template, values } = filling;
  const isNew = isUntouched(draft);
  const filled = withReading(draft, pageUrl, reading, isNew);
  if (!isNew) return filled === draft ? draft : refillTemplate(filled, values);
  if (filled.template?.isChosen) return refillTemplate(filled, values);
  return template ? applyTemplate(filled, template, values, false) : withoutTemplate(filled);
}

/** Whether a recipe should look at that page for this draft: once, and not again when that was taken back. */
export function wantsReading(draft: Draft, pageUrl: string): boolean {
  if (draft.kind === 'reply' || draft.recipe?.pageUrl === pageUrl) return false;
  return isUntouched(draft) || !hasFilled(draft);
}

function withReading(
  draft: Draft,
  pageUrl: string | null,
  reading: RecipeReading | null,
  isNew: boolean,
): Draft {
  if (draft.recipe !== null && draft.recipe.pageUrl === pageUrl) return draft;
  if (!isNew && hasFilled(draft)) return draft;
  const empty = isNew ? withoutRecipe(draft) : draft;
  return reading ? fillFromRecipe(empty, reading) : empty;
}

function hasFilled({ recipe }: Draft): boolean {
  return recipe !== null && (Object.keys(recipe.fields).length > 0 || recipe.properties.length > 0);
}
