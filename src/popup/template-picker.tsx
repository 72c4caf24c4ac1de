import type { DraftFieldsProps } from './draft-fields.ts';

/** Lets a template be chosen. Draws nothing while there is none. */
export function TemplatePicker(_: Pick<DraftFieldsProps, 'draft' | 'onChange'>) {
  return null;
}
