import type { Job } from '../../core/outbox/job.ts';
import type { JobEvent } from '../../core/outbox/transition.ts';
import { announceChange } from '../../platform/changes.ts';
import { newId } from '../../platform/new-id.ts';
import { scheduleTidyUp, scheduleWake } from '../../platform/privileged/alarms.ts';
import { callApi } from '../../platform/privileged/assembly-client.ts';
import { isFirstOfSession } from '../../platform/privileged/browser-session.ts';
import { sweepDirectory } from '../../platform/privileged/directory-store.ts';
import { keepAwake } from '../../platform/privileged/keep-awake.ts';
import { readKey } from '../../platform/privileged/key-store.ts';
import { outboxStore as store } from '../../platform/privileged/outbox-store.ts';
import { readSharedBy } from '../../platform/privileged/policy.ts';
import { quarantineDamagedRows } from '../../platform/privileged/quarantine.ts';
import { type Removed, removeOld } from '../../platform/privileged/remove-old.ts';
import { requestOfJob } from '../../platform/privileged/request-body.ts';
import { sendOnce } from '../../platform/privileged/send-once.ts';
import { sweepBlobs } from '../../platform/privileged/sweep-blobs.ts';
import { readSettings } from '../../platform/settings-store.ts';
import { attempt } from './attempt.ts';
import { showBadge } from './badge.ts';
import type { AttemptPorts } from './ports.ts';
import { queueHold } from './queue-hold.ts';
import { createSender } from './sender.ts';

// The sender of this worker, with the real things behind its ports.

const attemptPorts: AttemptPorts = {
  now: Date.now,
  isOnline: () => navigator.onLine,
  readKey,
  readJob: store.readJob,
  makeRequest: requestOfJob,
  send: callApi,
  sendOnce,
};

const sender = createSender({
  store,
  clock: { now: Date.now, monotonic: () => performance.now(), timer },
  random: Math.random,
  newId,
  exclusively: work => keepAwake(() => navigator.locks.request('outbox', work)),
  scheduleWake,
  queueHold,
  attempt: job => attempt(job, attemptPorts),
  async browserStart() {
    if (!(await isFirstOfSession())) return null;
    // Once in a while is often enough to look at every record, the history too.
    if ((await quarantineDamagedRows(Date.now())) > 0) announceFound();
    return { sharedBy: await readSharedBy() };
  },
  announce: () => announceChange({ about: 'outbox' }),
  showPending: showBadge,
  putDamagedAside: async () => void (await quarantineDamagedRows(Date.now())),
  tidyUp,
});

export const runOutbox = sender.run;
export const armGuard = sender.armGuard;
export const slowDown = sender.slowDown;

/** A page that was restored with the browser may have listed everything before. A draft may be among what was found. */
function announceFound(): void {
  announceChange({ about: 'draft' });
  announceChange({ about: 'outbox' });
}

/** Removes what is old and what nothing names, and asks to be woken when the next is due. */
async function tidyUp(): Promise<void> {
  const now = Date.now();
  const { retention } = await readSettings();
  await scheduleTidyUp(await removeOld(now, retention, announceRemoved));
  await sweepBlobs(now);
  await sweepDirectory(now);
}

/** A page that was open all the time lists it still. */
function announceRemoved({ jobIds, draftIds }: Removed): void {
  if (draftIds.length > 0) announceChange({ about: 'draft' });
  if (jobIds.length > 0) announceChange({ about: 'outbox', jobIds });
}

/** To be called when the browser says that it is online. */
export async function retryUnreachable(): Promise<void> {
  await sender.networkIsBack(await readSharedBy());
}

/** The person says that the stored key is worth another try. */
export async function trustKeyAgain(): Promise<void> {
  await store.forgetRefusedKey();
  await runOutbox();
}

/** Changes one job by an event and shows it. Null: the job is gone. */
export async function applyToJob(id: string, event: JobEvent): Promise<Job | null> {
  const job = await store.changeJob(id, event, Date.now());
  announceChange({ about: 'outbox' });
  return job;
}

function timer(delayMs: number): { done: Promise<void>; cancel(): void } {
  let cancel = () => {};
  const done = new Promise<void>(resolve => {
    const id = setTimeout(resolve, delayMs);
    cancel = () => {
      clearTimeout(id);
      resolve();
    };
  });
  return { done, cancel };
}
