import { openDB } from 'idb';
import { migrations } from './migrations/migrations.ts';
import {
  type CaptureConnection,
  type CaptureSchema,
  schemaVersion,
  storeNames,
  type WriteTransaction,
} from './schema.ts';

/** Flushed to the disk before the transaction reports success: what the UI calls "saved" is. */
export const strict = { durability: 'strict' } as const;

/** A damaged profile may leave the request to open it without any answer. */
const openingDeadlineMs = 5_000;

/** All that the extension keeps, except its settings and the key. */
export interface Database {
  /** For reading. Rejects when the database cannot be opened within 5 s; the next call tries again. */
  connection(): Promise<CaptureConnection>;
  /**
   * Runs `work` in one strict transaction over all stores, so that a draft, its job and the pointer to the current
   * draft always change together or not at all. `work` must only await the transaction.
   */
  change<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T>;
}

/** The database of this context. It is opened when it is first used. */
export const database: Database = createDatabase();

export function createDatabase(): Database {
  let opened: Promise<CaptureConnection> | null = null;

  function connection(): Promise<CaptureConnection> {
    opened ??= withDeadline(open(() => (opened = null))).catch((cause: unknown) => {
      opened = null;
      throw cause;
    });
    return opened;
  }

  async function change<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    const tx = (await connection()).transaction([...storeNames], 'readwrite', strict);
    try {
      const result = await work(tx);
      await tx.done;
      return result;
    } catch (cause) {
      // The error that matters is `cause`; the transaction's own rejection only repeats it.
      tx.done.catch(() => {});
      abort(tx);
      throw cause;
    }
  }

  return { connection, change };
}

async function open(onClosed: () => void): Promise<CaptureConnection> {
  let trouble: { cause: unknown } | null = null;
  const opening = openDB<CaptureSchema>('capture', schemaVersion, {
    async upgrade(_connection, oldVersion, _newVersion, tx) {
      // The opening says that it was aborted; this would only repeat it.
      tx.done.catch(() => {});
      try {
        for (const { to, migrate } of migrations) if (oldVersion < to) await migrate(tx);
      } catch (cause) {
        // Nobody waits for this function: unless it is aborted, what was done so far would be committed.
        trouble = { cause };
        abort(tx);
      }
    },
    // A newer version of the extension wants to migrate: let go at once.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
  return opening.catch((cause: unknown) => {
    throw trouble ? trouble.cause : cause;
  });
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // Already aborted by the failed request.
  }
}

/** What opens after its time is closed again: the next call has opened another one by then. */
function withDeadline(opening: Promise<CaptureConnection>): Promise<CaptureConnection> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new DOMException('The database does not open.', 'TimeoutError'));
    }, openingDeadlineMs);
    opening
      .then(
        connection => (isLate ? connection.close() : resolve(connection)),
        (cause: unknown) => reject(cause),
      )
      .finally(() => clearTimeout(timer));
  });
}
