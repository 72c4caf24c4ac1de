import type { Failure } from '../core/failure.ts';
import { type Answer, classify, type Outcome } from '../core/outbox/classify.ts';
import type { Job } from '../core/outbox/job.ts';
import { isOwnFreshTicket } from '../core/outbox/own-ticket.ts';
import { keyFailureOf, plan } from '../core/outbox/plan.ts';
import { type LimiterState, take } from '../core/outbox/rate-limit.ts';
import { type JobEvent, transition } from '../core/outbox/transition.ts';
import { announceChange } from '../platform/changes.ts';
import { hasHostAccess } from '../platform/host-access.ts';
import { newId } from '../platform/new-id.ts';
import { scheduleWake } from '../platform/privileged/alarms.ts';
import { callApi } from '../platform/privileged/assembly-client.ts';
import { keepAwake } from '../platform/privileged/keep-awake.ts';
import { readKey } from '../platform/privileged/key-store.ts';
import {
  beginTry,
  changeJob,
  pendingJobs,
  readJob,
  readLimiter,
} from '../platform/privileged/outbox-store.ts';
import { requestOfJob } from '../platform/privileged/request-body.ts';
import { sweepBlobs } from '../platform/privileged/sweep-blobs.ts';
import { showBadge } from './badge.ts';

// Short waits (the limiter's slots, the first back-offs) are spent in the worker; longer ones by the alarm,
// because a timer does not survive the worker.
const longestTimerMs = 20_000;

// While anything waits, an alarm stands by for the case that this worker dies in the middle.
const guardMs = 60_000;

let waitingRun: Promise<void> | null = null;

/**
 * Sends what is due, one job at a time, until nothing can be sent for the moment; then arms the wake-up.
 * Any number of callers may ask: one run works under the Web Lock, at most one more waits for its turn, and
 * it looks at everything anew.
 */
export function runOutbox(): Promise<void> {
  waitingRun ??= keepAwake(() =>
    navigator.locks.request('outbox', async () => {
      waitingRun = null;
      // The storage may fail at any step; what is stored is whole, and a later run goes on from there.
      await drain().catch(armGuard);
    }),
  );
  return waitingRun;
}

/** To be awaited before a job is stored or sent: then no death of the worker leaves it without a wake-up. */
export function armGuard(): Promise<void> {
  return scheduleWake(Date.now() + guardMs);
}

/** Changes one job by an event, shows it and lets the outbox go on. Null: the job is gone. */
export async function applyToJob(id: string, event: JobEvent): Promise<Job | null> {
  const job = await changeJob(id, before => transition(before, event, Date.now(), Math.random));
  announceChange({ about: 'outbox' });
  return job;
}

/** Lets the jobs go on that wait for a key or for access to the host. */
export async function resumePaused(): Promise<void> {
  for (const job of await pendingJobs()) {
    if (job.state.name === 'paused') await applyToJob(job.id, { name: 'key-changed' });
  }
  await runOutbox();
}

/** The network is back: what could not reach Assembly need not sit out its wait. */
export async function retryUnreachable(): Promise<void> {
  for (const job of await pendingJobs()) {
    if (job.state.name !== 'waiting' || job.state.failure.kind !== 'unreachable') continue;
    await applyToJob(job.id, { name: 'send-now' });
  }
  await runOutbox();
}

async function drain(): Promise<void> {
  // Names this run in the jobs that it starts. Under the lock there is no other: what an earlier run left in
  // `sending` was interrupted, by the death of its worker or by a result that could not be stored.
  const bootId = newId();
  await recoverInterrupted(bootId);
  while (true) {
    const jobs = await pausedWithTheKey(await pendingJobs());
    await showBadge(jobs);
    const limiter = await readLimiter();
    const now = Date.now();
    const { next, wakeAt } = plan(jobs, limiter, now, bootId);
    if (next) {
      await armGuard();
      const started = transition(next, { name: 'start', bootId }, now, Math.random);
      await deliver(started, take(limiter, next.request.kind, now));
      continue;
    }
    await scheduleWake(wakeAt);
    if (wakeAt === null || wakeAt - now > longestTimerMs) break;
    await new Promise(resolve => setTimeout(resolve, Math.max(0, wakeAt - now)));
  }
  await sweepBlobs(Date.now());
}

/** Whether these arrived is not known. */
async function recoverInterrupted(bootId: string): Promise<void> {
  for (const job of await pendingJobs()) {
    if (job.state.name !== 'sending') continue;
    await applyToJob(job.id, { name: 'lost-boot', liveBootId: bootId, neverLeft: false });
  }
}

async function deliver(started: Job, limiter: LimiterState): Promise<void> {
  if (!(await beginTry(started, limiter))) return;
  announceChange({ about: 'outbox' });
  const outcome = await attempt(started);
  await applyToJob(started.id, { name: 'settle', outcome });
  if (outcome.verdict === 'pause-queue') await pauseAll(await pendingJobs(), outcome.failure);
}

/** A job that came after the key was refused shares the fate of those before: it would else be "sending" until there is another key. */
async function pausedWithTheKey(jobs: Job[]): Promise<Job[]> {
  const failure = jobs.map(keyFailureOf).find(found => found !== null);
  if (!failure || !jobs.some(({ state }) => state.name === 'queued')) return jobs;
  await pauseAll(jobs, failure);
  return pendingJobs();
}

async function pauseAll(jobs: readonly Job[], failure: Failure): Promise<void> {
  for (const { id } of jobs) await applyToJob(id, { name: 'queue-paused', failure });
}

/** One try. What stops it before the network is an outcome too. */
async function attempt(job: Job): Promise<Outcome> {
  const key = await readKey();
  if (key === null) return { verdict: 'pause-queue', failure: { kind: 'no-key' } };
  if (!(await hasHostAccess())) return { verdict: 'pause-queue', failure: { kind: 'host-access-missing' } };
  const request = await requestOfJob(job.id, job.request);
  if (!request.ok) return { verdict: 'attention', failure: request.failure };
  const answer: Answer = navigator.onLine
    ? await callApi(request.value, key)
    : { kind: 'no-answer', reason: 'network', neverLeft: true };
  const now = Date.now();
  const target = job.request.kind === 'reply' ? await readJob(job.request.target.value) : null;
  const ownFreshTicket = isOwnFreshTicket(job, target ? [target] : [], now);
  return classify({ kind: job.request.kind, attempts: job.attempts, ownFreshTicket }, answer, now);
}
