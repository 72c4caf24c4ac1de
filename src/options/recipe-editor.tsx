import { type Recipe, type RecipeRule, recipeRuleLimit } from '../core/recipe/recipe.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { NameField } from './name-field.tsx';
import { RuleFields } from './rule-fields.tsx';
import { SitesField } from './sites-field.tsx';
import { TryOut } from './try-out.tsx';
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
  const editRule = (at: number, changes: Partial<RecipeRule>) =>
    onEdit({ rules: rules.map((rule, index) => (index === at ? { ...rule, ...changes } : rule)) });

  return (
    <>
      <NameField name={name} others={others} fallback={text('recipeDefaultName')} onEdit={onEdit} />
      <SitesField hint={text('recipeSitesHint')} sites={sites} onEdit={onEdit} />
      <TryOut sites={sites} tryOut={tryOut} />
      {rules.map((rule, index) => (
        <RuleFields
          // A rule has no name, and all that is drawn of it comes from the settings.
          key={index}
          number={index + 1}
          rule={rule}
          found={tryOut.foundBy(index)}
          onEdit={changes => editRule(index, changes)}
          onRemove={() => onEdit({ rules: rules.filter((_, at) => at !== index) })}
        />
      ))}
      <div class="row">
        <Button
          isOff={rules.length >= recipeRuleLimit}
          onPress={() => onEdit({ rules: [...rules, emptyRule] })}
        >
          {text('ruleAdd')}
        </Button>
      </div>
    </>
  );
}
