import { type Draft, emptyDraft } from '../../core/draft.ts';
import { newId } from '../new-id.ts';
import { readSettings } from '../settings-store.ts';

/** An empty draft with an id of its own; not stored yet. */
export async function freshDraft(): Promise<Draft> {
  const { omittedDetails } = await readSettings();
  return { ...emptyDraft(newId(), Date.now()), omittedDetails };
}
