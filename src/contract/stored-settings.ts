import { pageDetailNames } from '../core/draft.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { type Recipe, recipeFields, recipeLimit, recipeRuleLimit } from '../core/recipe/recipe.ts';
import { ownPatternLimit, ownPatternLimitCharacters } from '../core/redaction/own-patterns.ts';
import { secretKinds } from '../core/redaction/secret-kind.ts';
import type { Retention } from '../core/retention.ts';
import { categoryLimit, defaultSettings, type Settings } from '../core/settings.ts';
import { siteLimit } from '../core/site.ts';
import { type Template, templateLimit } from '../core/template/template.ts';
import { z } from './zod.ts';

const text = (limitCharacters: number) => z.string().check(z.maxLength(limitCharacters));
const sites = z.array(text(fieldLimitsCharacters.site)).check(z.maxLength(siteLimit));

/** What a template says, whatever it is called: the same in the settings and in a file of them. */
export const templateContents = {
  sites,
  title: text(fieldLimitsCharacters.title),
  body: text(fieldLimitsCharacters.templateBody),
  category: text(fieldLimitsCharacters.category),
};

/** The same of a recipe. */
export const recipeContents = {
  sites,
  rules: z
    .array(
      z.strictObject({
        fills: z.enum(recipeFields),
        property: text(fieldLimitsCharacters.propertyName),
        from: z.enum(['element', 'address']),
        pattern: text(fieldLimitsCharacters.selector),
        attribute: text(fieldLimitsCharacters.attribute),
      }),
    )
    .check(z.maxLength(recipeRuleLimit)),
};

const templateSchema: z.ZodMiniType<Template> = z.strictObject({
  id: text(64),
  name: text(fieldLimitsCharacters.templateName),
  ...templateContents,
});

export const recipeSchema: z.ZodMiniType<Recipe> = z.strictObject({
  id: text(64),
  name: text(fieldLimitsCharacters.templateName),
  ...recipeContents,
});

const days = z.number().check(z.gte(0), z.lte(3_650));
const retentionSchema: z.ZodMiniType<Retention> = z.strictObject({
  filesDays: days,
  textsDays: z.nullable(days),
});

const fieldsOfVersion1 = {
  agentName: text(fieldLimitsCharacters.agentName),
  agentEmail: text(fieldLimitsCharacters.agentEmail),
  categories: z.array(text(fieldLimitsCharacters.category)).check(z.maxLength(categoryLimit)),
  omittedDetails: z.array(z.enum(pageDetailNames)),
};

const fieldsOfVersion2 = {
  ...fieldsOfVersion1,
  redaction: z.strictObject({
    kinds: z.array(z.enum(secretKinds)),
    ownPatterns: z.array(text(ownPatternLimitCharacters)).check(z.maxLength(ownPatternLimit)),
  }),
};

const currentSettings: z.ZodMiniType<Settings> = z.strictObject({
  version: z.literal(3),
  ...fieldsOfVersion2,
  templates: z.array(templateSchema).check(z.maxLength(templateLimit)),
  recipes: z.array(recipeSchema).check(z.maxLength(recipeLimit)),
  retention: retentionSchema,
});

const settingsOfVersion2 = z.strictObject({ version: z.literal(2), ...fieldsOfVersion2 });
const settingsOfVersion1 = z.strictObject({ version: z.literal(1), ...fieldsOfVersion1 });

/** The settings in a stored record of any version that was shipped; null when it is none. */
export function parseSettings(stored: unknown): Settings | null {
  const current = currentSettings.safeParse(stored);
  if (current.success) return current.data;
  const second = settingsOfVersion2.safeParse(stored);
  if (second.success) return { ...defaultSettings, ...second.data, version: 3 };
  const first = settingsOfVersion1.safeParse(stored);
  return first.success ? { ...defaultSettings, ...first.data, version: 3 } : null;
}
