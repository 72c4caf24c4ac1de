import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import { requestFromDraft } from '../../src/core/draft-request.ts';
import type { Outcome } from '../../src/core/outbox/classify.ts';
import type { Job, JobState } from '../../src/core/outbox/job.ts';
import type { Pace } from '../../src/core/outbox/pace.ts';
import { fakeBrowser } from './fake-browser.ts';
import { createLocks } from './fake-locks.ts';
import { fakeFetch, fakeNetwork } from './fake-network.ts';

export const agent = { name: 'Ana Agent', email: 'ana@example.com' };
/** The address of the ticket that replies of `file` are for. */
export const replyTarget = '01J8ZC2V5X9M3N4P6Q7R8S9T0V';

// The database works with setImmediate: it goes on while the clock stands still.
const fakedTimers = [
  'Date',
  'performance',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
] as const;

/** An empty profile: no database, no settings, no alarm, a network that works, and the clock in the test's hands. */
export function newProfile(): void {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 2, 9), toFake: [...fakedTimers] });
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('fetch', fakeFetch);
  fakeBrowser.reset();
  fakeNetwork.reset();
  // Nobody else starts a browser at this moment.
  void chrome.storage.session.set({ sessionIsKnown: true });
}

/** For `afterEach`. */
export function closeProfile(): void {
  fakeBrowser.forgetListeners();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
}

/** A worker over an empty profile with a key, whose back-offs are all in the middle of their windows. */
export async function connectedWorker(): Promise<SimulatedWorker> {
  newProfile();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const worker = await startWorker();
  await worker.saveKey('fake-key');
  return worker;
}

export type SimulatedWorker = Awaited<ReturnType<typeof startWorker>>;

/**
 * The worker's modules, loaded anew over what is stored. The worker before this one is dead then: its timers,
 * listeners and locks are gone, and it must not be in the middle of anything but a request that never ends.
 * No event is listened to: only `src/background/main.ts` does that.
 */
export async function startWorker() {
  bootContext();
  const modules = await Promise.all([
    import('../../src/background/outbox/outbox.ts'),
    import('../../src/platform/privileged/draft-store.ts'),
    import('../../src/platform/privileged/drafts-aside.ts'),
    import('../../src/platform/privileged/edit-job-again.ts'),
    import('../../src/background/edit-again.ts'),
    import('../../src/platform/privileged/history-store.ts'),
    import('../../src/platform/privileged/discarded-store.ts'),
    import('../../src/platform/privileged/remove-old.ts'),
    import('../../src/platform/blob-store.ts'),
    import('../../src/platform/privileged/sweep-blobs.ts'),
    import('../../src/platform/key-entry.ts'),
    import('../../src/platform/privileged/quarantine.ts'),
    import('../../src/platform/privileged/outbox-store.ts'),
    import('../../src/platform/database/database.ts'),
  ]);
  const [runner, drafts, aside, editing, editAgain, history, discarded, old, blobs, sweep, keys, ...rest] =
    modules;
  const [quarantine, { outboxStore }, { database }] = rest;
  const pendingJobs = async () => (await outboxStore.pendingJobs()).jobs;
  const stores = { ...drafts, ...aside, ...editing, ...history, ...discarded, ...outboxStore, ...quarantine };
  return {
    ...runner,
    ...editAgain,
    ...stores,
    ...old,
    ...blobs,
    ...sweep,
    ...keys,
    pendingJobs,
    database: database.connection,
  };
}

/** The whole worker, with its listeners, as the browser starts it for an event. Answers how the browser reaches it. */
export async function startListeningWorker(): Promise<{ goOnline: () => void }> {
  const scope = bootContext();
  await import('../../src/background/main.ts');
  return { goOnline: () => void scope.dispatchEvent(new Event('online')) };
}

function bootContext(): EventTarget {
  vi.resetModules();
  // Clearing the timers puts the clock back too.
  const now = Date.now();
  vi.clearAllTimers();
  vi.setSystemTime(now);
  fakeBrowser.forgetListeners();
  const scope = new EventTarget();
  vi.stubGlobal('self', scope);
  vi.stubGlobal('navigator', {
    get onLine() {
      return fakeNetwork.isOnline;
    },
    language: 'en-US',
    locks: createLocks(),
  });
  return scope;
}

/** A written draft in the outbox, not sent yet; it stays the current one. */
export async function file(
  worker: SimulatedWorker,
  words: string,
  kind: 'ticket' | 'reply' = 'ticket',
): Promise<Job> {
  const { draft } = await worker.currentDraft();
  await worker.editDraft(draft.id, { kind, body: words, replyTarget }, draft.body);
  return enqueueDraft(worker, draft.id);
}

/** Files a draft and puts it aside, so that the next one is another. */
export async function fileAndGoOn(worker: SimulatedWorker, words: string): Promise<Job> {
  const job = await file(worker, words);
  await worker.startOver(job.draftId);
  return job;
}

/** The job that pressing Send makes of a draft. Throws when it is refused. */
export async function enqueueDraft(worker: SimulatedWorker, draftId: string): Promise<Job> {
  const enqueued = await pressSend(worker, draftId);
  if (!enqueued.ok) throw new Error(enqueued.failure.kind);
  return enqueued.value;
}

/** Pressing Send, down to the store. */
export function pressSend(worker: SimulatedWorker, draftId: string) {
  const now = Date.now();
  const context = {
    agent,
    extensionVersion: '0.1.0',
    sourceIdOfTicket: () => null,
    redactionRules: { kinds: [], ownPatterns: [] },
    notesOfPicture: () => null,
    followUpMessage: () => 'At full size.',
    fallbackTitle: 'Picture',
    now,
  };
  return worker.enqueue(draftId, draft => requestFromDraft(draft, context), now);
}

/** Brings a job that is not on its way into a state as the sender does, by `tries` tries; with what hangs on it. */
export async function setState(
  worker: SimulatedWorker,
  { id }: Job,
  state: JobState,
  tries = 1,
): Promise<Job> {
  await worker.changeJob(id, { name: 'send-now' }, Date.now());
  for (let n = 1; n < tries; n += 1) {
    await tryOnce(worker, id, { verdict: 'attention', failure: later.failure });
    await worker.changeJob(id, { name: 'send-now' }, Date.now());
  }
  const outcome = outcomeFor(state);
  const job = await tryOnce(worker, id, outcome);
  if (!job) throw new Error('The job is gone.');
  return job;
}

const later: Extract<Outcome, { verdict: 'retry' }> = {
  verdict: 'retry',
  failure: { kind: 'server-error', status: 500, detail: '' },
  retryAfterMs: null,
  mayHaveArrived: false,
};

/** What a try has to come to for a state; null: the try goes on. */
function outcomeFor(state: JobState): Outcome | null {
  switch (state.name) {
    case 'sent':
      return { verdict: 'sent', ticketNumber: state.ticketNumber, historyId: state.historyId };
    case 'waiting':
      return { ...later, failure: state.failure, retryAfterMs: Math.max(0, state.until - Date.now()) };
    case 'paused':
      return { verdict: 'pause-queue', failure: state.failure };
    case 'attention':
    case 'unknown':
      return { verdict: state.name, failure: state.failure };
    case 'sending':
    case 'queued':
      return null;
  }
}

/** A run that takes over in the middle of a session of the browser, and leaves the pace as it is. */
export function runOf(runId: string) {
  return { runId, browserEnded: false, adjust: (pace: Pace) => pace };
}

async function tryOnce(worker: SimulatedWorker, id: string, outcome: Outcome | null): Promise<Job | null> {
  const runId = 'run';
  await worker.takeOver(runOf(runId), Date.now(), 0);
  const planned = await worker.readJob(id);
  const begun = planned && (await worker.beginTry(planned, runId, Date.now()));
  if (!begun) throw new Error('The job does not begin a try.');
  if (!outcome) return begun.job;
  const settled = await worker.settleTry({ id, runId, outcome, keyId: null }, Date.now(), 0);
  return settled?.job ?? null;
}

/** Waits, on a clock that stands still, until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = process.hrtime.bigint() + 20_000_000_000n;
  while (!(await isSo())) {
    if (process.hrtime.bigint() > deadline) throw new Error(`It never came: ${isSo}`);
    await nextTurn();
  }
}

/** Lets the clock run, by `stepMs` at a time and slower than the database works, until `work` is done. */
export async function whileTimePasses<T>(work: Promise<T>, stepMs = 50): Promise<T> {
  let isDone = false;
  const finished = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    // Some 60 turns are more than the runner needs between two waits.
    for (let turn = 0; turn < 60 && !isDone; turn += 1) await nextTurn();
    if (!isDone) await vi.advanceTimersByTimeAsync(stepMs);
  }
  return finished;
}

/** Lets the database and the promises work on for a while, on a clock that stands still. */
export async function letWork(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await nextTurn();
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
