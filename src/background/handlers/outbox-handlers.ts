import { listedJobs } from '../../contract/views.ts';
import { waits } from '../../core/outbox/plan.ts';
import { fail, ok } from '../../core/result.ts';
import { discardedMs } from '../../core/retention.ts';
import { scheduleTidyUp } from '../../platform/privileged/alarms.ts';
import { discardJob, undoDiscard } from '../../platform/privileged/discarded-store.ts';
import { historyPart, recentJobs } from '../../platform/privileged/history-store.ts';
import { outboxStore as store } from '../../platform/privileged/outbox-store.ts';
import { discardQuarantined, quarantinedRows } from '../../platform/privileged/quarantine.ts';
import type { Handlers } from '../../platform/privileged/route-message.ts';
import { editAgain } from '../edit-again.ts';
import { exportedJob } from '../exported-job.ts';
import { jobView, viewOf, viewsOf } from '../job-view.ts';
import { applyToJob, armGuard, retryUnreachable, runOutbox, trustKeyAgain } from '../outbox/outbox.ts';
import { announced } from './answers.ts';

const longestAnswerMs = 60_000;

// What is shown of so many items is a small message, made in a few milliseconds.
const listedOrders = 500;
// Their whole texts, at most 200,000 characters each, have to fit into one message: Chrome takes 64 MB.
const exportedOrders = 50;

/** The outbox and the history. */
export const outboxHandlers = {
  'outbox.list': async () => {
    // Side by side: each of them is a way to the browser's process and back.
    const [recent, { jobs }, pace, quarantined] = await Promise.all([
      recentJobs(listedJobs),
      store.pendingJobs(),
      store.readPace(),
      quarantinedRows(),
    ]);
    // What is not delivered is listed however old it is.
    const listed = new Set(recent.map(({ id }) => id));
    const older = jobs.filter(({ id }) => !listed.has(id)).reverse();
    const waiting = waits(jobs, pace, Date.now());
    const unreadable = quarantined.map(({ id, foundAt, store: from }) => ({
      id,
      foundAt,
      kind: from === 'jobs' ? ('item' as const) : ('draft' as const),
    }));
    return ok({ jobs: [...recent, ...older].map(job => jobView(job, waiting)), unreadable });
  },
  'outbox.run': async () => {
    // Chrome ends an event after five minutes, and a run may take longer.
    const enough = new Promise<void>(resolve => setTimeout(resolve, longestAnswerMs));
    await Promise.race([runOutbox(), enough]);
    return ok(null);
  },
  'outbox.networkIsBack': async () => {
    void retryUnreachable();
    return ok(null);
  },
  'job.read': async ({ jobId }) => {
    const job = await store.readJob(jobId);
    return job ? ok(await viewOf(job)) : fail({ kind: 'not-found' });
  },
  'job.sendNow': async ({ jobId }) => {
    const job = await applyToJob(jobId, { name: 'send-now' });
    if (!job) return fail({ kind: 'not-found' });
    await armGuard();
    void trustKeyAgain();
    return ok(await viewOf(job));
  },
  'job.edit': async ({ jobId }) => {
    const edited = announced(await editAgain(jobId));
    void runOutbox();
    return edited;
  },
  'job.discard': async ({ jobId }) => {
    const now = Date.now();
    const discarded = announced(await discardJob(jobId, now), [jobId]);
    // Before the run that follows, which may never come to its end: then nothing else would wake the worker.
    if (discarded.ok) await scheduleTidyUp(now + discardedMs);
    void runOutbox();
    return discarded;
  },
  'job.undoDiscard': async ({ jobId }) => {
    const job = announced(await undoDiscard(jobId, Date.now()), [jobId]);
    if (!job.ok) return job;
    await armGuard();
    void runOutbox();
    return ok(await viewOf(job.value));
  },

  'history.page': async ({ below }) => {
    const part = await historyPart(below, listedOrders);
    return ok({ jobs: await viewsOf(part.jobs), below: part.below });
  },
  'history.export': async ({ below }) => {
    const part = await historyPart(below, exportedOrders);
    return ok({ jobs: part.jobs.map(exportedJob), below: part.below });
  },

  'unreadable.read': async ({ id }) => {
    const row = (await quarantinedRows()).find(found => found.id === id);
    return row ? ok({ json: JSON.stringify(row.record, null, 2) }) : fail({ kind: 'not-found' });
  },
  'unreadable.discard': async ({ id }) => {
    const discarded = announced(await discardQuarantined(id));
    void runOutbox();
    return discarded;
  },
} satisfies Partial<Handlers>;
