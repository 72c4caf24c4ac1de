/** What the finder looks for; each can be switched off in the settings. */
export const secretKinds = [
  'email',
  'phone',
  'card',
  'iban',
  /** Keys and tokens: JWT, `sk_…`, bearer, those of cloud providers. */
  'token',
  /** What stands in a password field, or in one that the page hides. */
  'password',
  /** The person's own words and patterns. */
  'own',
] as const;

export type SecretKind = (typeof secretKinds)[number];
