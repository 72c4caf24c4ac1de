import { useRef } from 'preact/hooks';
import { type Recipe, type RecipeRule, recipeRuleLimit } from '../core/recipe/recipe.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { NameField } from './name-field.tsx';
import { RuleFields } from './rule-fields.tsx';
import { SitesField } from './sites-field.tsx';
import { TryOut } from './try-out.tsx';
import { useFocusOnceDrawn } from './use-focus-once-drawn.ts';
import { useTryOut } from './use-try-out.ts';

export const emptyRule: RecipeRule = {
  fills: 'customer_email',
  property: '',
  from: 'element',
  pattern: '',
  attribute: '',
};

interface RecipeEditorProps {
  recipe: Recipe;
  /** The names of the other recipes. */
  others: readonly string[];
  onEdit: (changes: Partial<Recipe>) => void;
}

/** The sites and the rules of a recipe, with what each rule finds on a page that is open. */
export function RecipeEditor({ recipe, others, onEdit }: RecipeEditorProps) {
  const { name, sites, rules } = recipe;
  const tryOut = useTryOut(recipe);
  const rulesList = useRef<HTMLDivElement>(null);
  const focusOn = useFocusOnceDrawn();
  const editRule = (at: number, changes: Partial<RecipeRule>) =>
    onEdit({ rules: rules.map((rule, index) => (index === at ? { ...rule, ...changes } : rule)) });

  const fieldsOf = (at: number) => rulesList.current?.querySelectorAll('.rule')[at]?.querySelector('select');

  function addRule() {
    onEdit({ rules: [...rules, emptyRule] });
    focusOn(() => fieldsOf(rules.length));
  }

  function removeRule(at: number) {
    onEdit({ rules: rules.filter((_, index) => index !== at) });
    // Not on the next button that removes: a second press would take one more away.
    focusOn(() => {
      const { current: list } = rulesList;
      if (!list || list.querySelectorAll('.rule').length >= rules.length) return null;
      return fieldsOf(at) ?? list.querySelector<HTMLElement>(':scope > .row button');
    });
  }

  return (
    <>
      <NameField name={name} others={others} fallback={text('recipeDefaultName')} onEdit={onEdit} />
      <SitesField hint={text('recipeSitesHint')} sites={sites} onEdit={onEdit} />
      <TryOut sites={sites} tryOut={tryOut} />
      <div class="rules" ref={rulesList}>
        {rules.map((rule, index) => (
          <RuleFields
            // A rule has no name, and all that is drawn of it comes from the settings.
            key={index}
            number={index + 1}
            rule={rule}
            found={tryOut.foundBy(index)}
            onEdit={changes => editRule(index, changes)}
            onRemove={() => removeRule(index)}
          />
        ))}
        <div class="row">
          <Button isOff={rules.length >= recipeRuleLimit} onPress={addRule}>
            {text('ruleAdd')}
          </Button>
        </div>
      </div>
    </>
  );
}
