import { type SecretKind, secretKinds } from './secret-kind.ts';

/** What is looked for. */
export interface RedactionRules {
  kinds: readonly SecretKind[];
  /** The person's own words and patterns; they count when the kind `own` is on. */
  ownPatterns: readonly string[];
}

export const allRules: RedactionRules = { kinds: secretKinds, ownPatterns: [] };
