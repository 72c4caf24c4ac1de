import { type Recipe, recipeLimit } from './recipe/recipe.ts';
import { type Template, templateLimit } from './template/template.ts';
import { uniqueName } from './unique-name.ts';

interface Lists {
  templates: Template[];
  recipes: Recipe[];
}

/** What came of a file: the lists with what is new in them, and how many came in, were there already, or found no room. */
export interface Merged extends Lists {
  added: number;
  known: number;
  tooMany: number;
}

/**
 * Adds templates and recipes of a file below those that are there, under ids of their own. What is there already in the
 * same words is left out; another of the same name gets a number.
 */
export function mergeShared(
  have: Lists,
  shared: { templates: readonly Omit<Template, 'id'>[]; recipes: readonly Omit<Recipe, 'id'>[] },
  newId: () => string,
): Merged {
  const templates = mergeList<Omit<Template, 'id'>>(have.templates, shared.templates, templateLimit, newId);
  const recipes = mergeList<Omit<Recipe, 'id'>>(have.recipes, shared.recipes, recipeLimit, newId);
  return {
    templates: templates.items,
    recipes: recipes.items,
    added: templates.added + recipes.added,
    known: templates.known + recipes.known,
    tooMany: templates.tooMany + recipes.tooMany,
  };
}

function mergeList<Words extends { name: string }>(
  have: readonly (Words & { id: string })[],
  shared: readonly Words[],
  limit: number,
  newId: () => string,
) {
  const items = [...have];
  const counts = { added: 0, known: 0, tooMany: 0 };
  for (const one of shared) {
    const names = items.map(({ name }) => name);
    if (items.some(known => isSame(known, one))) counts.known += 1;
    else if (items.length >= limit) counts.tooMany += 1;
    else {
      items.push({ ...one, name: uniqueName(one.name, names, one.name), id: newId() });
      counts.added += 1;
    }
  }
  return { items, ...counts };
}

/** Whether it came in before: then it may have got a number behind its name. */
function isSame(known: { name: string }, one: { name: string }): boolean {
  const isNamedSo = known.name === one.name || known.name.replace(/ \d+$/, '') === one.name;
  return isNamedSo && wordsOf(known) === wordsOf(one);
}

/** The same for the same words, whatever the id and the name are and the keys' order was. */
function wordsOf(item: object): string {
  const entries = Object.entries(item).filter(([key]) => key !== 'id' && key !== 'name');
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
