import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { recipeRuleLimit } from '../core/recipe/recipe.ts';
import { oneLine } from '../core/text.ts';
import { isBoundedData } from './bounded-data.ts';
import type { FieldAnswer } from './content-entries.ts';
import { z } from './zod.ts';

/** What the content script says about the fields of a recipe. The page's renderer may be hostile. */
const fieldAnswers: z.ZodMiniType<FieldAnswer[]> = z.array(
  z.strictObject({
    value: z.nullable(z.string().check(z.maxLength(fieldLimitsCharacters.propertyValue))),
    isInvalid: z.boolean(),
  }),
);

const dataLimits = {
  levels: 2,
  values: 3 * recipeRuleLimit + 1,
  characters: recipeRuleLimit * fieldLimitsCharacters.propertyValue,
};

/** Reads the answers to so many questions. Never throws; anything but the exact shape is null. */
export function parseFieldAnswers(input: unknown, questionCount: number): FieldAnswer[] | null {
  if (!isBoundedData(input, dataLimits)) return null;
  const parsed = fieldAnswers.safeParse(input);
  if (!parsed.success || parsed.data.length !== questionCount) return null;
  return parsed.data.map(({ value, isInvalid }) => ({ value: value && oneLine(value), isInvalid }));
}
