import { type Recipe, recipeLimit } from '../core/recipe/recipe.ts';
import { uniqueName } from '../core/unique-name.ts';
import { text } from '../platform/localised-text.ts';
import { newId } from '../platform/new-id.ts';
import { Section } from '../ui/components/section.tsx';
import { ItemList } from './item-list.tsx';
import { emptyRule, RecipeEditor } from './recipe-editor.tsx';
import type { SettingsSectionProps } from './use-settings.ts';

/** What is read from the pages of a site into a ticket. */
export function RecipesSection({ settings, onEdit }: SettingsSectionProps) {
  const { recipes } = settings;

  function makeNew(): Recipe {
    const names = recipes.map(({ name }) => name);
    const name = uniqueName('', names, text('recipeDefaultName'));
    return { id: newId(), name, sites: [], rules: [emptyRule] };
  }

  return (
    <Section heading={text('settingsRecipesHeading')}>
      <p class="hint">{text('settingsRecipesHint')}</p>
      <ItemList
        items={recipes}
        limit={recipeLimit}
        label={text('settingsRecipesHeading')}
        addWord={text('recipeAdd')}
        emptyWord={text('recipesNone')}
        makeNew={makeNew}
        onChange={changed => onEdit({ recipes: changed })}
        editor={(recipe, onEditOne) => (
          <RecipeEditor
            key={recipe.id}
            recipe={recipe}
            others={recipes.filter(({ id }) => id !== recipe.id).map(({ name }) => name)}
            onEdit={onEditOne}
          />
        )}
      />
    </Section>
  );
}
