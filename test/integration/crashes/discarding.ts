import { repliesWaitingFor } from '../../../src/core/outbox/own-ticket.ts';
import type { Database } from '../../../src/platform/database/database.ts';
import { discardJob, undoDiscard } from '../../../src/platform/privileged/discarded-store.ts';
import { answered, type Intent, jobsIn } from './intent.ts';
import type { World } from './world.ts';

/** Presses Discard. Whenever the worker dies, a ticket and the replies that wait for it are never parted. */
export async function discard(world: World, database: Database, intent: Intent): Promise<void> {
  const before = await jobsIn(database);
  const { database: mortal } = world.worker();
  intent.isDiscardPressed = true;
  await answered(
    world,
    discardJob(intent.id, world.time.now(), mortal).then(() => {}),
  );
  // What was gone already takes nothing along; replies to it may have come since.
  if (!before.some(({ id }) => id === intent.id)) return;
  const ticket = (await (await database.connection()).get('discarded', intent.id))?.job;
  const after = await jobsIn(database);
  if (!ticket || after.some(({ id }) => id === ticket.id)) {
    const left = new Set(after.map(({ id }) => id));
    const lost = before.filter(({ id }) => !left.has(id));
    for (const { id } of lost) intent.problems.push(`${id}: gone, and what was discarded is not`);
    return;
  }
  if (ticket.state.name === 'sent' || ticket.mayHaveArrived) return;
  for (const { id } of repliesWaitingFor(ticket, after)) {
    intent.problems.push(`${id}: waits for a ticket that was discarded`);
  }
}

/** Takes the discarding back; once the worker says that it did, the job has to be delivered as any other. */
export async function undo(world: World, database: Database, intent: Intent): Promise<void> {
  const connection = await database.connection();
  const taken = (await connection.getAll('discarded')).filter(({ takenWith }) => takenWith === intent.id);
  const { sender, database: mortal } = world.worker();
  intent.isUndoPressed = true;
  const undoing = (async () => {
    const undone = await undoDiscard(intent.id, world.time.now(), mortal);
    if (!undone.ok) return;
    await sender.armGuard();
    intent.isDiscardPressed = false;
    void sender.run();
  })();
  await answered(world, undoing);
  const present = new Set((await jobsIn(database)).map(({ id }) => id));
  // Before they are gone for good all of them lie there; after it none does.
  for (const { id } of taken) {
    if (present.has(intent.id) && !present.has(id))
      intent.problems.push(`${id}: did not come back with its ticket`);
  }
}
