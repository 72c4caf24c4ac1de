import type { Job } from '../../../src/core/outbox/job.ts';
import type { Database } from '../../../src/platform/database/database.ts';
import type { World } from './world.ts';

/** What the person did with one draft. */
export interface Intent {
  id: string;
  draftId: string;
  kind: 'ticket' | 'reply';
  /** The ticket that a reply is for. */
  ticket: Intent | null;
  /** Presses of Send, Send now and Send again that were acknowledged, or may have been stored. */
  presses: number;
  isSaved: boolean;
  /** The last press was refused: its ticket was not in the outbox, and had not been sent. */
  isRefused: boolean;
  /** Whether Discard was pressed. The worker may die before it is done, or before it says so. */
  isDiscardPressed: boolean;
  /** It was taken back out of the discarded: a later reply may have left meanwhile. */
  isUndoPressed: boolean;
  /** What was wrong at some time, one sentence each. */
  problems: string[];
}

/** Waits, on a clock that stands still, for an answer of the worker, which may never come. */
export async function answered(world: World, work: Promise<void>): Promise<void> {
  let isOver = false;
  void work.finally(() => {
    isOver = true;
  });
  await world.time.run(() => isOver || world.time.busy === 0, 0).catch(() => {});
  if (isOver) await work;
}

export async function jobsIn(database: Database): Promise<Job[]> {
  return (await (await database.connection()).getAll('jobs')).map(({ job }) => job);
}
