import { useEffect, useState } from 'preact/hooks';
import type { RedactionRules } from '../core/redaction/redaction-rules.ts';
import { defaultSettings } from '../core/settings.ts';
import { readSettings } from '../platform/settings-store.ts';

/** What is looked for in the draft. Settings that cannot be read are no reason to look for nothing: the defaults stay. */
export function useRedactionRules(): RedactionRules {
  const [rules, setRules] = useState(defaultSettings.redaction);
  useEffect(() => {
    const keepDefaults = () => {};
    readSettings().then(({ redaction }) => setRules(redaction), keepDefaults);
  }, []);
  return rules;
}
