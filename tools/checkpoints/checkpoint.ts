import { lifeLock, type StopAt, type StopItems } from './stop-items.ts';

/** The part of idb's transaction that keeps it open. */
interface OpenTransaction {
  readonly objectStoreNames: Iterable<string>;
  objectStore(name: string): { get(key: string): Promise<unknown> };
}

let stop: StopAt | null = null;
let passes = 0;
let isKnown = false;

const known = readStop();
chrome.storage.session.onChanged.addListener(({ stopAt }) => {
  // Not taken from the event: what is stored may be newer.
  if (stopAt) void readStop();
});
// No debugger listens to the worker, because one that is attached can keep a killed worker from starting again.
addEventListener('error', ({ message }) => void tell({ problem: message }));
addEventListener('unhandledrejection', ({ reason }) => void tell({ problem: String(reason) }));
const alive = 'clients' in globalThis ? holdForLife() : Promise.resolve();

function holdForLife(): Promise<void> {
  return new Promise(resolve => {
    void navigator.locks.request(`${lifeLock}${crypto.randomUUID()}`, () => {
      resolve();
      return new Promise(() => {});
    });
  });
}

async function readStop(): Promise<void> {
  const { stopAt } = await chrome.storage.session.get<StopItems>('stopAt');
  isKnown = true;
  if (stopAt && stopAt.id !== stop?.id) {
    passes = 0;
    void tell({ armed: stopAt.id });
  }
  stop = stopAt ?? null;
}

function tell(items: Partial<StopItems>): Promise<void> {
  return chrome.storage.session.set(items);
}

/**
 * Stands in the code where the comment `// checkpoint: <name>` was. Where the stop is armed it never comes back: the
 * worker waits there to be killed. A transaction that is given to it stays open meanwhile.
 */
function checkpoint(name: string, tx?: OpenTransaction): Promise<void> | undefined {
  return isKnown && stop?.name !== name ? undefined : pass(name, tx);
}

async function pass(name: string, tx: OpenTransaction | undefined): Promise<void> {
  if (!isKnown) await (tx ? holdOpen(tx, known) : known);
  if (stop?.name !== name) return;
  passes += 1;
  if (passes !== stop.hit) return;
  // Disarmed as well: the life that follows is to get by.
  const { id } = stop;
  void alive.then(() => tell({ stoppedAt: id, stopAt: null }));
  const killed = new Promise<void>(() => {});
  await (tx ? holdOpen(tx, killed) : killed);
}

/** A transaction in which nothing is asked commits by itself: it is asked for something until `end`. */
async function holdOpen(tx: OpenTransaction, end: Promise<void>): Promise<void> {
  const [store = ''] = tx.objectStoreNames;
  let isEnded = false;
  void end.then(() => {
    isEnded = true;
  });
  while (!isEnded) await tx.objectStore(store).get('');
}

Object.assign(globalThis, { __checkpoint: checkpoint });
