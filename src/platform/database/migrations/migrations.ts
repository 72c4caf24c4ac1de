import type { UpgradeTransaction } from '../schema.ts';
import { toVersion1 } from './to-version-1.ts';
import { toVersion2 } from './to-version-2.ts';
import { toVersion3 } from './to-version-3.ts';
import { toVersion4 } from './to-version-4.ts';

interface Migration {
  /** The version that it leads to, from the one before. */
  to: number;
  migrate(tx: UpgradeTransaction): Promise<void>;
}

/**
 * Every step from an empty profile to the present schema, in order. A step is frozen once it was shipped: it names
 * its own types and never imports those of the present, because it has to do the same for ever.
 */
export const migrations: readonly Migration[] = [
  { to: 1, migrate: toVersion1 },
  { to: 2, migrate: toVersion2 },
  { to: 3, migrate: toVersion3 },
  { to: 4, migrate: toVersion4 },
];
