import type { Recipe, RecipeRule } from '../../src/core/recipe/recipe.ts';
import { defaultSettings, type Settings } from '../../src/core/settings.ts';
import { extensionWorker } from '../../tools/chromium/extension.ts';
import type { Rig } from './rig.ts';

/** Stores settings that are as at first but for these. */
export async function storeSettings(rig: Rig, changes: Partial<Settings>): Promise<void> {
  const worker = await extensionWorker(rig.browser, rig.extension);
  const settings = { ...defaultSettings, ...changes };
  await worker.evaluate(record => chrome.storage.local.set({ settings: record }), settings);
}

/** A rule that reads an element, unless it says otherwise. */
export function makeRule(changes: Partial<RecipeRule>): RecipeRule {
  return { fills: 'property', property: '', from: 'element', pattern: '', attribute: '', ...changes };
}

/** A recipe for the host of the sample site. */
export function makeRecipe(rig: Rig, rules: readonly Partial<RecipeRule>[]): Recipe {
  return {
    id: 'r',
    name: 'Shop admin',
    sites: [new URL(rig.sampleSite.url).host],
    rules: rules.map(makeRule),
  };
}
