import { paceSchema, type RefusedKey, refusedKeySchema } from '../../contract/stored.ts';
import type { Outcome } from '../../core/outbox/classify.ts';
import type { Job } from '../../core/outbox/job.ts';
import { idlePace, type Pace, paceAfter, paceAfterStart } from '../../core/outbox/pace.ts';
import { type JobEvent, transition } from '../../core/outbox/transition.ts';
import type { Result } from '../../core/result.ts';
import { type Database, database } from '../database/database.ts';
import type { WriteTransaction } from '../database/schema.ts';
import { enqueueJob, type Intent } from './enqueue-job.ts';
import { ticketGone } from './gone-ticket.ts';
import { getJob, jobOfRow, putJob } from './job-rows.ts';
import { changeAll, releaseDraft, storeTransition } from './store-transition.ts';

/** A try, as it was begun or settled, and the pace from then on. */
export interface TryStep {
  job: Job;
  pace: Pace;
}

export type OutboxStore = ReturnType<typeof createOutboxStore>;

/** The outbox. Every change is one transaction, and strict: what it answers is on the disk. */
export const outboxStore = createOutboxStore(database);

export function createOutboxStore({ connection, change }: Database) {
  /** See `enqueueJob`. */
  async function enqueue(
    draftId: string,
    makeRequest: Intent['makeRequest'],
    now: number,
    keepsFiles = false,
  ): Promise<Result<Job>> {
    return change(tx => enqueueJob(tx, { draftId, makeRequest, keepsFiles }, now));
  }

  /**
   * Jobs that are not `sent`, oldest first. `damaged` counts the rows among them that do not parse and are still
   * where they were; `quarantined` counts the records that were put aside.
   */
  async function pendingJobs(): Promise<{ jobs: Job[]; damaged: number; quarantined: number }> {
    const tx = (await connection()).transaction(['jobs', 'quarantine']);
    const [rows, quarantined] = await Promise.all([
      tx.objectStore('jobs').index('pending').getAll(),
      tx.objectStore('quarantine').count(),
    ]);
    const jobs = rows.map(jobOfRow).filter(job => job !== null);
    jobs.sort((a, b) => a.order - b.order);
    return { jobs, damaged: rows.length - jobs.length, quarantined };
  }

  async function readJob(id: string): Promise<Job | null> {
    return jobOfRow(await (await connection()).get('jobs', id));
  }

  async function readPace(): Promise<Pace> {
    return paceOf(await (await connection()).get('meta', 'pace'));
  }

  /** Changes the pace and answers it. */
  async function changePace(adjust: (pace: Pace) => Pace): Promise<Pace> {
    return change(async tx => {
      const pace = adjust(await paceIn(tx));
      await tx.objectStore('meta').put(pace, 'pace');
      return pace;
    });
  }

  /**
   * Makes the run `runId` the only one that may begin a try or store an answer, and recovers what earlier runs
   * left in `sending`. The Web Lock keeps two runs apart; should one live on without its lock, this fences it off.
   * `browserEnded`: it is the first run of a session of the browser, so that what is lost was lost with the last one.
   */
  async function takeOver(
    { runId, browserEnded, adjust }: { runId: string; browserEnded: boolean; adjust: (pace: Pace) => Pace },
    now: number,
    jitter: number,
  ) {
    return change(async tx => {
      const meta = tx.objectStore('meta');
      await meta.put(runId, 'sender');
      const pace = adjust(await paceIn(tx));
      await meta.put(pace, 'pace');
      const recovered = await changeAll(tx, job =>
        transition(job, { name: 'run-lost', liveRunId: runId, browserEnded, jitter }, now),
      );
      return { pace, recovered };
    });
  }

  /** Whether the run is still the one that may begin a try. */
  async function isSender(runId: string): Promise<boolean> {
    return (await (await connection()).get('meta', 'sender')) === runId;
  }

  /**
   * Commits that a try begins, together with the slot that it takes: a kill in between loses a slot, never
   * doubles one. Null when the job was withdrawn, or changed, since it was planned, or another run took over; and for
   * a reply to a ticket that was taken out before it was sent, which is the person's then.
   */
  async function beginTry(planned: Job, runId: string, now: number): Promise<TryStep | null> {
    return change(async tx => {
      if ((await tx.objectStore('meta').get('sender')) !== runId) return null;
      const stored = await getJob(tx, planned.id);
      if (!stored || stored.attempts !== planned.attempts) return null;
      const problem = await ticketGone(tx, stored.request);
      if (problem) {
        await putJob(tx, transition(stored, { name: 'ticket-gone', problem }, now));
        return null;
      }
      const job = transition(stored, { name: 'start', runId }, now);
      if (job === stored) return null;
      const pace = paceAfterStart(await paceIn(tx), job.request.kind, now);
      await tx.objectStore('meta').put(pace, 'pace');
      await putJob(tx, job);
      // checkpoint in tx: begin.inside
      return { job, pace };
    });
  }

  /**
   * Commits what came of a try: the job's state, the pace that follows from it, and the key if it was refused.
   * `keyId` is the key that the try was made with. Null when the job is gone or its try is another's by now.
   */
  async function settleTry(
    { id, runId, outcome, keyId }: { id: string; runId: string; outcome: Outcome; keyId: string | null },
    now: number,
    jitter: number,
  ): Promise<TryStep | null> {
    return change(async tx => {
      const before = await getJob(tx, id);
      if (!before) return null;
      const job = transition(before, { name: 'settle', runId, outcome, jitter }, now);
      if (job === before) return null;
      const meta = tx.objectStore('meta');
      const pace = paceAfter(await paceIn(tx), before, outcome, now, jitter);
      await meta.put(pace, 'pace');
      if (outcome.verdict === 'pause-queue' && keyId !== null) {
        await meta.put({ keyId, failure: outcome.failure }, 'refusedKey');
      }
      await storeTransition(tx, job);
      // checkpoint in tx: settle.inside
      return { job, pace };
    });
  }

  /** Makes room for the next draft where a job is held back: its own stays, so that it can be edited again. */
  async function makeRoom(id: string): Promise<void> {
    await change(async tx => {
      const job = await getJob(tx, id);
      if (job) await releaseDraft(tx, job);
    });
  }

  /** Changes a job by an event. Null: the job is gone. */
  async function changeJob(id: string, event: JobEvent, now: number): Promise<Job | null> {
    return change(async tx => {
      const before = await getJob(tx, id);
      if (!before) return null;
      const after = transition(before, event, now);
      return after === before ? before : storeTransition(tx, after);
    });
  }

  /** Lets an event happen to all jobs that are not `sent`, together or not at all. True when any changed. */
  async function changePendingJobs(event: JobEvent, now: number): Promise<boolean> {
    return change(tx => changeAll(tx, job => transition(job, event, now)));
  }

  async function readRefusedKey(): Promise<RefusedKey | null> {
    const parsed = refusedKeySchema.safeParse(await (await connection()).get('meta', 'refusedKey'));
    return parsed.success ? parsed.data : null;
  }

  /** Forgets that a key was refused, so that it is tried again. */
  async function forgetRefusedKey(): Promise<void> {
    await change(tx => tx.objectStore('meta').delete('refusedKey'));
  }

  return {
    enqueue,
    pendingJobs,
    readJob,
    readPace,
    changePace,
    takeOver,
    isSender,
    beginTry,
    settleTry,
    makeRoom,
    changeJob,
    changePendingJobs,
    readRefusedKey,
    forgetRefusedKey,
  };
}

/** A pace that does not parse is forgotten. That brings no burst: a run takes over with a pace that has none. */
function paceOf(stored: unknown): Pace {
  const parsed = paceSchema.safeParse(stored);
  return parsed.success ? parsed.data : idlePace;
}

async function paceIn(tx: WriteTransaction): Promise<Pace> {
  return paceOf(await tx.objectStore('meta').get('pace'));
}
