import type { Draft } from './draft.ts';
import { withoutTemplate } from './template/without-template.ts';

/** The draft as one of that kind. A reply has no template: its words were for a ticket, and the customer would read them. */
export function asKind(draft: Draft, kind: Draft['kind']): Draft {
  return { ...(kind === 'reply' ? withoutTemplate(draft) : draft), kind };
}
