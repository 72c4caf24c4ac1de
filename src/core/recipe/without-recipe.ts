import type { Draft } from '../draft.ts';

/** The draft without what a recipe filled in; what the person changed since stays. */
export function withoutRecipe(draft: Draft): Draft {
  const { recipe } = draft;
  if (recipe === null) return draft;
  const { customerEmail, customerName, companyText, company } = recipe.fields;
  const isOwnCompany = companyText !== undefined && !isSameCompany(draft, { companyText, company });
  return {
    ...draft,
    ...(customerEmail !== undefined && draft.customerEmail === customerEmail ? { customerEmail: '' } : {}),
    ...(customerName !== undefined && draft.customerName === customerName ? { customerName: '' } : {}),
    ...(companyText === undefined || isOwnCompany ? {} : { companyText: '', company: null }),
    properties: draft.properties.filter(({ name }) => !recipe.properties.includes(name)),
    recipe: null,
  };
}

/** What a recipe filled in is taken back, and not filled in again from that page. */
export function undoRecipe(draft: Draft): Draft {
  const { recipe } = draft;
  if (recipe === null) return draft;
  return { ...withoutRecipe(draft), recipe: { ...recipe, fields: {}, properties: [] } };
}

type CompanyWords = Pick<Draft, 'companyText'> & { company?: Draft['company'] | undefined };

function isSameCompany(draft: Draft, { companyText, company = null }: CompanyWords): boolean {
  return (
    draft.companyText === companyText &&
    draft.company?.by === company?.by &&
    draft.company?.value === company?.value
  );
}
