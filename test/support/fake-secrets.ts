/**
 * Keys that no one has, in the shapes of those that people have. They are put together here, so that whatever looks for keys in
 * the repository finds none.
 */
export const fakeKeys = {
  jwt: ['eyJhbGciOiJub25lIn0', 'eyJzdWIiOiJ4In0', 'ZmFrZQ'].join('.'),
  stripeSecret: ['sk', 'live', '0000FAKE0000fake0000'].join('_'),
  stripePublic: ['pk', 'test', '0000FAKE0000fake0000'].join('_'),
  assistant: ['sk', 'proj', '0000FAKE0000fake0000FAKE'].join('-'),
  github: ['ghp', '0000FAKE0000fake0000FAKE0000fake0000'].join('_'),
  gitlab: ['glpat', '0000FAKE0000fake0000'].join('-'),
  slack: ['xoxb', '000000000000', '000000000000', 'FAKEfakeFAKEfake'].join('-'),
  google: `AI${'zaSyFAKE0000fake0000FAKE0000fake0000FAK'}`,
  aws: `AK${'IAFAKE0000FAKE0000'}`,
  npm: ['npm', '0000FAKE0000fake0000FAKE0000fake0000'].join('_'),
  sendgrid: ['SG', '0000FAKE0000fake000000', '0000FAKE0000fake0000FAKE0000fake0000FAKE000'].join('.'),
} as const;
