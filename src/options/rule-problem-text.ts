import type { RuleProblem } from '../core/recipe/rule-problem.ts';
import { type TextKey, text } from '../platform/localised-text.ts';

const texts: Record<RuleProblem, TextKey> = {
  'pattern-missing': 'ruleProblemMissing',
  selector: 'ruleProblemSelector',
  address: 'ruleProblemAddress',
  'property-name': 'ruleProblemProperty',
};

export function ruleProblemText(problem: RuleProblem): string {
  return text(texts[problem]);
}
