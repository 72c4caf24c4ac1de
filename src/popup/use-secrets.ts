import { useEffect, useState } from 'preact/hooks';
import type { Draft } from '../core/draft.ts';
import type { RedactionRules } from '../core/redaction/redaction-rules.ts';
import type { DraftSecret } from '../core/redaction/secrets-in-draft.ts';
import { undecidedSecrets } from '../core/redaction/undecided-secrets.ts';
import { defaultSettings } from '../core/settings.ts';
import { readRedactionRules } from '../platform/settings-store.ts';

// A long quote takes a while to look through: not at every key.
const restMs = 250;

/** What was found in the draft and is not decided about, looked for whenever the person rests. */
export function useSecrets(draft: Draft): DraftSecret[] {
  const rules = useRedactionRules();
  const { kind, title, body, page, omittedDetails, attachments, keptSecrets } = draft;
  const [secrets, setSecrets] = useState<DraftSecret[]>([]);
  useEffect(() => {
    const id = setTimeout(() => setSecrets(undecidedSecrets(draft, rules)), restMs);
    return () => clearTimeout(id);
    // The draft is a new object at every look; these are others only when they have changed.
  }, [kind, title, body, page, omittedDetails, attachments, keptSecrets, rules]);
  return secrets;
}

/** What is looked for; the defaults until that is known. */
function useRedactionRules(): RedactionRules {
  const [rules, setRules] = useState(defaultSettings.redaction);
  useEffect(() => {
    void readRedactionRules().then(setRules);
  }, []);
  return rules;
}
