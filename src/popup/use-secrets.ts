import { useEffect, useState } from 'preact/hooks';
import type { Draft } from '../core/draft.ts';
import type { DraftSecret } from '../core/redaction/secrets-in-draft.ts';
import { undecidedSecrets } from '../core/redaction/undecided-secrets.ts';
import { defaultSettings } from '../core/settings.ts';
import { readRedactionRules } from '../platform/settings-store.ts';
import { useStoredSettings } from './use-stored-settings.ts';

// A long quote takes a while to look through: not at every key.
const restMs = 250;

/** What was found in the draft and is not decided about, looked for whenever the person rests. */
export function useSecrets(draft: Draft): DraftSecret[] {
  // The defaults until it is known what is looked for.
  const rules = useStoredSettings(readRedactionRules, defaultSettings.redaction);
  const { kind, title, body, page, omittedDetails, attachments, keptSecrets } = draft;
  const [secrets, setSecrets] = useState<DraftSecret[]>([]);
  useEffect(() => {
    const id = setTimeout(() => setSecrets(undecidedSecrets(draft, rules)), restMs);
    return () => clearTimeout(id);
    // The draft is a new object at every look; these are others only when they have changed.
  }, [kind, title, body, page, omittedDetails, attachments, keptSecrets, rules]);
  return secrets;
}
