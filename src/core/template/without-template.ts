import type { Draft } from '../draft.ts';

type FieldName = 'title' | 'body' | 'category';

/** The draft without its template: what the person changed since stays, each other field is as it was before. */
export function withoutTemplate(draft: Draft): Draft {
  const { template } = draft;
  if (template === null) return draft;
  const { before, after } = template;
  const back = (name: FieldName) => (draft[name] === after[name] ? before[name] : draft[name]);
  return { ...draft, title: back('title'), body: back('body'), category: back('category'), template: null };
}
