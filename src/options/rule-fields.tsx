import type { RecipeFinding } from '../contract/views.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { type RecipeField, type RecipeRule, recipeFields } from '../core/recipe/recipe.ts';
import { type RuleProblem, ruleProblems } from '../core/recipe/rule-problem.ts';
import { type TextKey, text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { Field } from '../ui/components/field.tsx';
import { isSelector } from './is-selector.ts';
import { ruleProblemText } from './rule-problem-text.ts';

const fieldTexts: Record<RecipeField, TextKey> = {
  customer_email: 'fieldCustomerEmail',
  customer_name: 'fieldCustomerName',
  company: 'recipeFieldCompany',
  company_source_specific_id: 'recipeFieldCompanyId',
  property: 'recipeFieldProperty',
};

interface RuleFieldsProps {
  number: number;
  rule: RecipeRule;
  /** What it finds on the page on which it is tried; null: it is not tried. */
  found: RecipeFinding | null;
  onEdit: (changes: Partial<RecipeRule>) => void;
  onRemove: () => void;
}

/** One rule of a recipe, and what it finds. */
export function RuleFields({ number, rule, found, onEdit, onRemove }: RuleFieldsProps) {
  const { fills, property, from, pattern, attribute } = rule;
  const problems = ruleProblems(rule, isSelector);
  // An empty field is not wrong yet.
  const problemOf = (...wanted: RuleProblem[]) => {
    const problem = problems.find(one => wanted.includes(one));
    return problem && ruleProblemText(problem);
  };

  return (
    <fieldset class="rule">
      <legend class="field-label">{text('ruleNumber', number)}</legend>
      <div class="rule-row">
        <Choice
          label={text('ruleFills')}
          value={fills}
          options={recipeFields.map(value => [value, text(fieldTexts[value])])}
          onChoose={value => onEdit({ fills: value })}
        />
        {fills === 'property' && (
          <TextField
            label={text('ruleProperty')}
            problem={property === '' ? undefined : problemOf('property-name')}
            hint={text('rulePropertyHint')}
            value={property}
            limitCharacters={fieldLimitsCharacters.propertyName}
            onType={value => onEdit({ property: value })}
          />
        )}
        <Choice
          label={text('ruleFrom')}
          value={from}
          options={[
            ['element', text('ruleFromElement')],
            ['address', text('ruleFromAddress')],
          ]}
          onChoose={value => onEdit({ from: value })}
        />
      </div>
      <div class="rule-row rule-pattern">
        <TextField
          label={text(from === 'element' ? 'ruleSelector' : 'rulePattern')}
          problem={problemOf('selector', 'address')}
          hint={text(from === 'element' ? 'ruleSelectorHint' : 'rulePatternHint')}
          value={pattern}
          limitCharacters={fieldLimitsCharacters.selector}
          onType={value => onEdit({ pattern: value })}
        />
        {from === 'element' && (
          <TextField
            label={text('ruleAttribute')}
            hint={text('ruleAttributeHint')}
            value={attribute}
            limitCharacters={fieldLimitsCharacters.attribute}
            onType={value => onEdit({ attribute: value })}
          />
        )}
      </div>
      <div class="rule-end">
        <p class="rule-found" aria-live="polite">
          {foundText(found)}
        </p>
        <Button variant="danger" label={text('ruleRemove', number)} onPress={onRemove}>
          {text('ruleRemoveWord')}
        </Button>
      </div>
    </fieldset>
  );
}

/** What a rule found; a rule that cannot be read says so at its field. */
function foundText(found: RecipeFinding | null): string {
  if (found === null || found.isInvalid) return '';
  return found.value === null ? text('ruleFindsNothing') : text('ruleFinds', found.value);
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>) {
  return (
    <Field label={label}>
      {control => (
        <select
          {...control}
          value={value}
          onChange={event => {
            const chosen = options.find(([option]) => option === event.currentTarget.value);
            if (chosen) onChoose(chosen[0]);
          }}
        >
          {options.map(([option, word]) => (
            <option key={option} value={option}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface TextFieldProps {
  label: string;
  hint: string;
  problem?: string | undefined;
  value: string;
  limitCharacters: number;
  onType: (typed: string) => void;
}

function TextField({ label, hint, problem, value, limitCharacters, onType }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {control => (
        <input
          {...control}
          type="text"
          spellcheck={false}
          autocomplete="off"
          maxLength={limitCharacters}
          value={value}
          onInput={event => onType(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
