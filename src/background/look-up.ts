import { isFresh } from '../core/directory/answer-age.ts';
import type { Failure } from '../core/failure.ts';
import { type LookupHold, lookupHold } from '../core/outbox/lookup-turn.ts';
import { paceAfterStart } from '../core/outbox/pace.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { askAssembly, type Question } from '../platform/privileged/directory.ts';
import type { Drawer, Kept } from '../platform/privileged/directory-store.ts';
import { readKey } from '../platform/privileged/key-store.ts';
import { outboxStore as store } from '../platform/privileged/outbox-store.ts';
import { untilErased } from './erasing.ts';
import { slowDown } from './outbox/outbox.ts';
import { queueHold } from './outbox/queue-hold.ts';

// A person waits with the fingers on the keys: what takes longer than this is not worth waiting for.
const longestWaitMs = 500;
const lookAgainMs = 50;

/** What is known, since when (epoch ms), and why it was not asked now; null where nothing is. */
export interface Known<T> {
  answer: T | null;
  at: number;
  failure: Failure | null;
}

/**
 * The answer that is kept while it is fresh, else Assembly's, which is kept; when that cannot be had, the old one with
 * the reason. Fails with `lookup-replaced` when `signal` ended it.
 */
export async function lookUp<T>(
  text: string,
  question: Question<T>,
  { drawer, isNothing }: { drawer: Drawer<T>; isNothing: (answer: T) => boolean },
  signal?: AbortSignal,
): Promise<Result<Known<T>>> {
  const ended = signal ? AbortSignal.any([signal, untilErased()]) : untilErased();
  const keyId = (await readKey())?.id ?? null;
  const kept: Kept<T> | null = await drawer.read(text, keyId);
  if (kept && isFresh(kept.at, isNothing(kept.answer), Date.now())) {
    return ok({ ...kept, failure: null });
  }
  const asked = await askNow(question, ended);
  if (ended.aborted) return fail({ kind: 'lookup-replaced' });
  if (!asked.ok) {
    const { answer = null, at = 0 } = kept ?? {};
    return ok({ answer, at, failure: asked.failure });
  }
  const { answer, askedBy } = asked.value;
  const at = Date.now();
  // What cannot be kept is worth telling all the same.
  await drawer.keep(text, answer, askedBy, at, ended).catch(() => {});
  return ok({ answer, at, failure: null });
}

/**
 * Asks Assembly when the outbox leaves room for it: after everything that is to be sent, and at its pace. A refused key is
 * told and holds nothing back: a key may be good for tickets and not for lookups, and the sender finds out by itself.
 */
export async function askNow<T>(
  question: Question<T>,
  signal: AbortSignal = untilErased(),
): Promise<Result<{ answer: T; askedBy: string }>> {
  const held = await queueHold();
  if (held) return fail(held);
  if (!navigator.onLine) return fail({ kind: 'offline' });
  const hold = await takeTurn(signal);
  if (hold) return fail(hold.failure);
  const key = await readKey();
  if (!key) return fail({ kind: 'no-key' });
  const startedAt = Date.now();
  const asked = await askAssembly(question, key.value, signal);
  if (asked.ok) return ok({ answer: asked.value, askedBy: key.id });
  if (asked.failure.kind === 'too-many-requests') await slowDown(startedAt, asked.failure);
  return asked;
}

/** Waits for a slot, but not for long. Null once it is taken; else what kept it. */
async function takeTurn(signal: AbortSignal): Promise<LookupHold | null> {
  const givenUpAt = performance.now() + longestWaitMs;
  while (true) {
    const hold = await tryTurn();
    if (hold === null || signal.aborted) return hold;
    const waitMs = hold.until === null ? lookAgainMs : hold.until - Date.now();
    if (performance.now() + waitMs > givenUpAt) return hold;
    await new Promise(resolve => setTimeout(resolve, waitMs));
  }
}

async function tryTurn(): Promise<LookupHold | null> {
  const { jobs } = await store.pendingJobs();
  const now = Date.now();
  const looked = lookupHold(jobs, await store.readPace(), now);
  if (looked) return looked;
  let hold: LookupHold | null = null;
  await store.changePace(pace => {
    hold = lookupHold(jobs, pace, now);
    return hold ? pace : paceAfterStart(pace, 'ticket', now);
  });
  return hold;
}
