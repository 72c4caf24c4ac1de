import { type KnownContact, keptAccountsSchema, keptContactSchema } from '../../contract/directory.ts';
import type { z } from '../../contract/zod.ts';
import { isOutdated, keptAnswersLimit } from '../../core/directory/answer-age.ts';
import type { KeptAccounts } from '../../core/directory/kept-accounts.ts';
import type { FoundAccounts } from '../../core/directory/people.ts';
import { database } from '../database/database.ts';
import type { WriteTransaction } from '../database/schema.ts';
import { readKey } from './key-store.ts';

/** A kept answer, and when it came, epoch ms. */
export interface Kept<T> {
  answer: T;
  at: number;
}

/** What of one kind is kept. `keyId` is the key that asks: what another one was told is not read. Null: there is none, any will do. */
export interface Drawer<T> {
  read(text: string, keyId: string | null): Promise<Kept<T> | null>;
  /** Keeps an answer unless the lookup was ended meanwhile: what was erased must not come back. */
  keep(text: string, answer: T, keyId: string, at: number, signal: AbortSignal): Promise<void>;
}

export const contactDrawer: Drawer<KnownContact> = drawer('contact:', keptContactSchema);
export const accountsDrawer: Drawer<FoundAccounts> = drawer('accounts:', keptAccountsSchema);

function drawer<T extends object>(prefix: string, schema: z.ZodMiniType<T & { keyId: string }>): Drawer<T> {
  return {
    async read(text, keyId) {
      const row = await (await database.connection()).get('directory', question(prefix, text));
      return row ? keptIn(row, schema, keyId) : null;
    },
    async keep(text, answer, keyId, at, signal) {
      await database.change(async tx => {
        if (signal.aborted) return;
        const rows = tx.objectStore('directory');
        await rows.put({ question: question(prefix, text), answer: { ...answer, keyId }, at });
        if ((await rows.count()) > keptAnswersLimit) await tidy(tx, keyId, at);
      });
    },
  };
}

function keptIn<T>(
  { answer, at }: { answer: unknown; at: number },
  schema: z.ZodMiniType<T & { keyId: string }>,
  keyId: string | null,
): Kept<T> | null {
  const parsed = schema.safeParse(answer);
  // An age that is no number could not be told in words.
  if (!parsed.success || !Number.isFinite(at) || (keyId !== null && parsed.data.keyId !== keyId)) return null;
  const { keyId: _, ...rest } = parsed.data;
  return { answer: rest as unknown as T, at };
}

/** All that is kept of answers to names, whatever the names were. */
export async function keptAccounts(keyId: string | null): Promise<KeptAccounts[]> {
  const range = IDBKeyRange.bound('accounts:', 'accounts:\uffff');
  const rows = await (await database.connection()).getAll('directory', range);
  return rows.flatMap(row => {
    const kept = keptIn(row, keptAccountsSchema, keyId);
    return kept ? [{ accounts: kept.answer, at: kept.at }] : [];
  });
}

/** Removes what is too old, what another key was told, and the oldest of what is too much. */
export async function sweepDirectory(now: number): Promise<void> {
  const key = await readKey();
  await database.change(tx => tidy(tx, key?.id ?? null, now));
}

async function tidy(tx: WriteTransaction, keyId: string | null, now: number): Promise<void> {
  const store = tx.objectStore('directory');
  const rows = (await store.getAll()).sort((a, b) => b.at - a.at);
  let kept = 0;
  for (const { question: name, answer, at } of rows) {
    const isForeign = keyId !== null && (answer as { keyId?: unknown } | null)?.keyId !== keyId;
    if (isForeign || isOutdated(at, now) || kept >= keptAnswersLimit) await store.delete(name);
    else kept += 1;
  }
}

/** Names and addresses are asked about without regard to case. */
function question(prefix: string, text: string): string {
  return `${prefix}${text.trim().toLowerCase()}`;
}
