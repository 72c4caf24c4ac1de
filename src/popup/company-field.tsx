import type { DraftFieldsProps } from './draft-fields.ts';

/** The company that the ticket is for. */
export function CompanyField(_: Pick<DraftFieldsProps, 'draft' | 'problems' | 'onEdit'>) {
  return null;
}
