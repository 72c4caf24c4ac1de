import { isPropertyName } from '../draft-property.ts';
import { addressPattern } from './address-pattern.ts';
import type { RecipeRule } from './recipe.ts';

/** Why a rule finds nothing, whatever the page is. */
export type RuleProblem = 'pattern-missing' | 'selector' | 'address' | 'property-name';

/** `isSelector` asks the browser whether it can read a CSS selector. */
export function ruleProblems(
  { fills, property, from, pattern }: RecipeRule,
  isSelector: (typed: string) => boolean,
): RuleProblem[] {
  const isReadable = from === 'element' ? isSelector : (typed: string) => addressPattern(typed) !== null;
  const unreadable = from === 'element' ? ('selector' as const) : ('address' as const);
  return [
    ...(fills === 'property' && !isPropertyName(property) ? (['property-name'] as const) : []),
    ...(pattern.trim() === ''
      ? (['pattern-missing'] as const)
      : isReadable(pattern.trim())
        ? []
        : [unreadable]),
  ];
}
