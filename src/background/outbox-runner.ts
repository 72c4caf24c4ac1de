import type { KeyRecord } from '../contract/stored.ts';
import { classify, type Outcome } from '../core/outbox/classify.ts';
import type { Job } from '../core/outbox/job.ts';
import { isOwnFreshTicket } from '../core/outbox/own-ticket.ts';
import { plan } from '../core/outbox/plan.ts';
import { type LimiterState, take } from '../core/outbox/rate-limit.ts';
import { type JobEvent, transition } from '../core/outbox/transition.ts';
import { announceChange } from '../platform/changes.ts';
import { failureFromError } from '../platform/failure-from-error.ts';
import { newId } from '../platform/new-id.ts';
import { scheduleWake } from '../platform/privileged/alarms.ts';
import { type ApiRequest, callApi } from '../platform/privileged/assembly-client.ts';
import { keepAwake } from '../platform/privileged/keep-awake.ts';
import { readKey } from '../platform/privileged/key-store.ts';
import {
  beginTry,
  changeJob,
  changePendingJobs,
  pendingJobs,
  readJob,
  readLimiter,
  setRefusedKey,
} from '../platform/privileged/outbox-store.ts';
import { requestOfJob } from '../platform/privileged/request-body.ts';
import { sweepBlobs } from '../platform/privileged/sweep-blobs.ts';
import { showBadge } from './badge.ts';
import { queueHold } from './queue-hold.ts';

// Short waits (the limiter's slots, the first back-offs) are spent in the worker; longer ones by the alarm,
// because a timer does not survive the worker.
const longestTimerMs = 20_000;

// While anything waits, an alarm stands by for the case that this worker dies in the middle.
const guardMs = 60_000;

// Worth something only while this worker lives: what it forgets by dying, the next one derives from storage.
let waitingRun: Promise<void> | null = null;
let endSleep = () => {};

/**
 * Sends what is due, one job at a time, until nothing can be sent for the moment; then arms the wake-up.
 * Any number of callers may ask: one run works under the Web Lock, at most one more waits for its turn, and
 * it looks at everything anew.
 */
export function runOutbox(): Promise<void> {
  endSleep();
  waitingRun ??= keepAwake(() =>
    navigator.locks.request('outbox', async () => {
      waitingRun = null;
      // The storage may fail at any step; what is stored is whole, and a later run goes on from there.
      await drain().catch(armGuard);
    }),
  );
  return waitingRun;
}

/** To be awaited when a job was stored or is about to be sent: then no death of the worker leaves it asleep. */
export function armGuard(): Promise<void> {
  return scheduleWake(Date.now() + guardMs);
}

/** Changes one job by an event and shows it. Null: the job is gone. */
export async function applyToJob(id: string, event: JobEvent): Promise<Job | null> {
  const job = await changeJob(id, before => transition(before, event, Date.now(), Math.random));
  announceChange({ about: 'outbox' });
  return job;
}

/** The network is back: what could not reach Assembly need not sit out its wait. */
export async function retryUnreachable(): Promise<void> {
  await applyToAll(job =>
    job.state.name === 'waiting' && job.state.failure.kind === 'unreachable' ? { name: 'send-now' } : null,
  );
  await runOutbox();
}

/** The person says that the stored key is worth another try. */
export async function trustKeyAgain(): Promise<void> {
  await setRefusedKey(null);
  await runOutbox();
}

/** Changes all jobs that an event means something to, and answers the outbox as it then is. */
async function applyToAll(eventFor: (job: Job) => JobEvent | null): Promise<Job[]> {
  const now = Date.now();
  const changed = (job: Job) => {
    const event = eventFor(job);
    return event ? transition(job, event, now, Math.random) : job;
  };
  const jobs = await pendingJobs();
  // Asked before each send, and nearly always for nothing: that must not cost a write.
  if (jobs.every(job => changed(job) === job)) return jobs;
  if (await changePendingJobs(changed)) announceChange({ about: 'outbox' });
  return pendingJobs();
}

async function drain(): Promise<void> {
  // Names this run in the jobs that it starts. Under the lock there is no other: what an earlier run left in
  // `sending` was interrupted, by the death of its worker or by a result that could not be stored.
  const runId = newId();
  await applyToAll(() => ({ name: 'run-lost', liveRunId: runId }));
  while (true) {
    const hold = await queueHold();
    const jobs = await applyToAll(() =>
      hold ? { name: 'queue-paused', failure: hold } : { name: 'queue-resumed' },
    );
    await showBadge(jobs);
    const limiter = await readLimiter();
    const now = Date.now();
    // A job that was filed after the hold was put on the others is held too.
    const { next, wakeAt } = plan(hold ? [] : jobs, limiter, now);
    if (next) {
      await armGuard();
      const started = transition(next, { name: 'start', runId }, now, Math.random);
      await deliver(started, take(limiter, next.request.kind, now));
      continue;
    }
    await scheduleWake(wakeAt);
    // Who asked while this run looked could not wake it yet; the run that waits for its turn looks anew.
    if (wakeAt === null || wakeAt - now > longestTimerMs || waitingRun) break;
    await sleep(Math.max(0, wakeAt - now));
  }
  await sweepBlobs(Date.now());
}

/** Ends early when something new is to be sent. */
function sleep(delayMs: number): Promise<void> {
  return new Promise(resolve => {
    endSleep = resolve;
    setTimeout(resolve, delayMs);
  });
}

async function deliver(started: Job, limiter: LimiterState): Promise<void> {
  if (!(await beginTry(started, limiter))) return;
  announceChange({ about: 'outbox' });
  await applyToJob(started.id, { name: 'settle', outcome: await attempt(started) });
}

/** One try. What stops it before the network is an outcome too, and is never taken for a lost answer. */
async function attempt(job: Job): Promise<Outcome> {
  let key: KeyRecord | null;
  let request: ApiRequest;
  let target: Job | null;
  try {
    key = await readKey();
    if (key === null) return { verdict: 'pause-queue', failure: { kind: 'no-key' } };
    const made = await requestOfJob(job.id, job.request);
    if (!made.ok) return { verdict: 'attention', failure: made.failure };
    request = made.value;
    // Read now: after the answer has come, nothing may fail before it is stored.
    target = job.request.kind === 'reply' ? await readJob(job.request.target.value) : null;
  } catch (cause) {
    return { verdict: 'postpone', failure: failureFromError(cause) };
  }
  const answer = navigator.onLine
    ? await callApi(request, key.value)
    : ({ kind: 'no-answer', reason: 'network', neverLeft: true } as const);
  const now = Date.now();
  const ownFreshTicket = isOwnFreshTicket(job, target ? [target] : [], now);
  const outcome = classify({ kind: job.request.kind, attempts: job.attempts, ownFreshTicket }, answer, now);
  if (outcome.verdict === 'pause-queue') await setRefusedKey({ keyId: key.id, failure: outcome.failure });
  return outcome;
}
