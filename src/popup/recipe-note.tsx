import type { Draft } from '../core/draft.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { Button } from '../ui/components/button.tsx';
import type { DraftFieldsProps } from './draft-fields.ts';

/** Says what a recipe filled in, and takes it back. Draws nothing when none did. */
export function RecipeNote({ draft, onChange }: Pick<DraftFieldsProps, 'draft' | 'onChange'>) {
  const names = filledNames(draft);
  if (draft.recipe === null || names.length === 0) return null;
  return (
    <div class="banner recipe-note" role="note">
      <p>{text('recipeFilled', draft.recipe.name, names.join(', '))}</p>
      <Button
        variant="quiet"
        onPress={() => void onChange(draftId => send('draft.undoRecipe', { draftId }), text('recipeUndone'))}
      >
        {text('undo')}
      </Button>
    </div>
  );
}

/** What stands there as it was filled in, named as its field is. */
function filledNames({ recipe, properties, ...draft }: Draft): string[] {
  if (recipe === null) return [];
  const { customerEmail, customerName, companyText } = recipe.fields;
  return [
    ...(customerEmail !== undefined && customerEmail === draft.customerEmail
      ? [text('fieldCustomerEmail')]
      : []),
    ...(customerName !== undefined && customerName === draft.customerName ? [text('fieldCustomerName')] : []),
    ...(companyText !== undefined && companyText === draft.companyText ? [text('recipeFieldCompany')] : []),
    ...properties.map(({ name }) => name).filter(name => recipe.properties.includes(name)),
  ];
}
