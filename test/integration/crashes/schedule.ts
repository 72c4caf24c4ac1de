import { emptyDraft } from '../../../src/core/draft.ts';
import { requestFromDraft } from '../../../src/core/draft-request.ts';
import type { Job } from '../../../src/core/outbox/job.ts';
import { needsAPerson } from '../../../src/core/outbox/needs-a-person.ts';
import type { JobEvent } from '../../../src/core/outbox/transition.ts';
import type { Database } from '../../../src/platform/database/database.ts';
import type { Dedupe } from './assembly-model.ts';
import { Chance } from './chance.ts';
import { discard, undo } from './discarding.ts';
import { answered, type Intent, jobsIn } from './intent.ts';
import { World } from './world.ts';

/** What came of one seeded schedule; `problems` is empty when nothing was lost or doubled. */
export interface ScheduleResult {
  problems: string[];
  deaths: number;
}

const dayMs = 86_400_000;

/**
 * One schedule: a person files a few tickets and replies and presses buttons, while the worker dies at random steps,
 * answers are lost, the clock is set and the key is refused. Then all is well again, and only alarms go on.
 */
export async function runSchedule(seed: number): Promise<ScheduleResult> {
  const chance = new Chance(seed);
  const dedupe = chance.pick<Dedupe>(['same-answer', 'conflict', 'bad-request']);
  const world = new World(chance, dedupe);
  const database = world.inspect();
  const intents: Intent[] = [];
  world.deathRate = chance.pick([0.01, 0.03, 0.08]);

  const count = chance.whole(1, 3);
  for (let n = 0; n < count; n += 1) {
    const intent = await newDraft(database, seed, n, intents, chance);
    intents.push(intent);
    await pressSend(world, database, intent);
    await disturb(world, database, chance, intents);
    await passTime(world, chance.pick([0, 30, 500, 5_000, 70_000]));
  }

  // The end of all trouble. A person who saw no "saved" presses Send again.
  world.deathRate = 0;
  world.assembly.isHealthy = true;
  world.assembly.isOnline = true;
  world.key = { id: 'k-last', value: world.assembly.acceptedKey };
  for (const intent of intents) {
    while (!intent.isSaved) {
      await pressSend(world, database, intent);
      if (intent.isRefused) break;
    }
  }
  const problems: string[] = [];
  await untilResting(world, database).catch((cause: unknown) => problems.push(String(cause)));
  // What waits for a person is sent by one: every item must end delivered.
  for (let round = 0; round < 3; round += 1) {
    for (const job of (await jobsIn(database)).filter(needsAPerson)) {
      await pressJob(world, intents, job.id, { name: 'send-now' });
    }
    await untilResting(world, database).catch((cause: unknown) => problems.push(String(cause)));
  }
  problems.push(...(await account(world, database, intents)));
  (await database.connection()).close();
  return { problems, deaths: world.deaths };
}

async function newDraft(
  database: Database,
  seed: number,
  n: number,
  earlier: readonly Intent[],
  chance: Chance,
): Promise<Intent> {
  const draftId = (seed * 16 + n + 1).toString(16).padStart(32, '0');
  const ticket = earlier.find(({ kind }) => kind === 'ticket') ?? null;
  const kind = ticket && chance.isTrue(0.5) ? 'reply' : 'ticket';
  const draft = {
    ...emptyDraft(draftId, 1_000 + n, kind),
    body: `Words ${n}`,
    customerEmail: kind === 'ticket' && chance.isTrue(0.3) ? 'customer@example.com' : '',
    replyTarget: ticket?.id ?? '',
  };
  await database.change(async tx => {
    await tx.objectStore('drafts').put(draft);
    await tx.objectStore('meta').put(draftId, 'currentDraftId');
  });
  const id = `${kind === 'ticket' ? 'cap' : 'capr'}_${draftId}`;
  return {
    id,
    draftId,
    kind,
    ticket: kind === 'reply' ? ticket : null,
    presses: 0,
    isSaved: false,
    isRefused: false,
    isDiscardPressed: false,
    isUndoPressed: false,
    problems: [],
  };
}

/** Presses Send as the popup does; "saved" is said only when the worker lives to say it. */
async function pressSend(world: World, database: Database, intent: Intent): Promise<void> {
  const { sender, store } = world.worker();
  intent.presses += 1;
  const context = {
    agent: { name: 'Ana Agent', email: 'ana@example.com' },
    extensionVersion: '0.1.0',
    fallbackTitle: 'Picture',
    sourceIdOfTicket: () => null,
    redactionRules: { kinds: [], ownPatterns: [] },
    notesOfPicture: () => null,
    followUpMessage: () => '',
    now: 1_000,
  };
  const filing = (async () => {
    const job = await store.enqueue(
      intent.draftId,
      draft => requestFromDraft(draft, context),
      world.time.now(),
    );
    intent.isRefused = !job.ok && job.failure.kind === 'draft-incomplete';
    if (intent.isRefused) return;
    // A draft that is gone was delivered.
    if (!job.ok && job.failure.kind !== 'draft-changed') throw new Error(job.failure.kind);
    await sender.armGuard();
    intent.isSaved = true;
    void sender.run();
  })();
  await answered(world, filing);
  if (intent.isRefused && (await jobsIn(database)).some(({ id }) => id === intent.ticket?.id)) {
    intent.problems.push(`${intent.id}: refused, though its ticket is there`);
  }
}

/** Presses a button of the activity page. */
async function pressJob(
  world: World,
  intents: readonly Intent[],
  id: string,
  event: JobEvent,
): Promise<void> {
  const intent = intents.find(found => found.id === id);
  if (!intent) throw new Error(`Nobody filed ${id}.`);
  const { sender, store } = world.worker();
  intent.presses += 1;
  const pressed = (async () => {
    await store.changeJob(id, event, world.time.now());
    await sender.armGuard();
    void sender.run();
  })();
  await answered(world, pressed);
}

async function disturb(
  world: World,
  database: Database,
  chance: Chance,
  intents: readonly Intent[],
): Promise<void> {
  const intent = chance.pick(intents as [Intent, ...Intent[]]);
  switch (chance.whole(0, 11)) {
    case 0:
      return world.kill();
    case 1:
      return world.time.setClock(
        chance.pick([-3_600_000, 3_600_000, -3_650 * dayMs, 3_650 * dayMs, -90, 400]),
      );
    case 2:
      world.assembly.isOnline = !world.assembly.isOnline;
      return;
    case 3:
      // The organisation changes its key, and the person enters the new one some time later.
      world.assembly.acceptedKey = `key-${chance.whole(2, 99)}`;
      await passTime(world, 5_000);
      world.key = { id: `k${chance.whole(2, 999_999)}`, value: world.assembly.acceptedKey };
      return;
    case 4:
      return pressJob(world, intents, intent.id, { name: 'send-now' });
    case 5:
      if (!chance.isTrue(0.5)) return;
      await discard(world, database, intent);
      await passTime(world, chance.pick([0, 2_000, 100_000, 700_000]));
      if (chance.isTrue(0.7)) await undo(world, database, intent);
      return;
    case 6: {
      // A second press on the same draft; of what is on its way it is none.
      const job = (await jobsIn(database)).find(({ id }) => id === intent.id);
      if (job && !needsAPerson(job)) intent.presses -= 1;
      return pressSend(world, database, intent);
    }
    case 7: {
      world.assembly.isOnline = true;
      const { sender } = world.worker();
      void sender.networkIsBack(1);
      return;
    }
    default:
  }
}

async function passTime(world: World, spanMs: number): Promise<void> {
  let isOver = false;
  world.time.after(spanMs, () => {
    isOver = true;
  });
  await world.time.run(() => isOver, spanMs + 1);
}

/** Lets alarms and timers go on until no job goes by itself any more. */
async function untilResting(world: World, database: Database): Promise<void> {
  const end = world.time.elapsed() + 2 * dayMs;
  while (true) {
    const jobs = await jobsIn(database);
    const left = jobs.filter(({ state }) => state.name !== 'sent');
    // A reply waits, without any time, for a ticket that waits for the person.
    const isParked = (job: Job) =>
      needsAPerson(job) || (job.request.kind === 'reply' && left.some(isParkedTicket));
    if (left.every(isParked)) return;
    if (world.time.elapsed() > end) {
      throw new Error(`Asleep: ${jobs.map(({ id, state }) => `${id} ${JSON.stringify(state)}`).join(', ')}`);
    }
    await passTime(world, 20_000);
  }
}

function isParkedTicket(job: Job): boolean {
  return job.request.kind === 'ticket' && needsAPerson(job);
}

/** What is wrong in the end, one sentence each. */
async function account(world: World, database: Database, intents: readonly Intent[]): Promise<string[]> {
  const problems: string[] = [];
  const { assembly } = world;
  const jobs = new Map((await jobsIn(database)).map(job => [job.id, job]));
  for (const { id, kind, presses, isDiscardPressed, ticket, problems: ownProblems } of intents) {
    problems.push(...ownProblems);
    const commits = assembly.commitsOf(id);
    const state = jobs.get(id)?.state.name;
    const most = kind === 'ticket' ? 1 : presses;
    if (commits > most) problems.push(`${id}: created ${commits} times by ${presses} presses`);
    // It may have gone with its ticket.
    if ((isDiscardPressed || ticket?.isDiscardPressed) && state === undefined) continue;
    // Of a ticket that may have arrived the replies stay; this one did not arrive, and Assembly said so.
    const isTicketNowhere = ticket?.isDiscardPressed && assembly.commitsOf(ticket.id) === 0;
    if (isTicketNowhere && state === 'attention') continue;
    if (commits === 0) problems.push(`${id}: lost, its state is ${state}`);
    if (state !== 'sent') problems.push(`${id}: ${state} in the end`);
    if ((assembly.bodies.get(id)?.size ?? 0) > 1) problems.push(`${id}: sent with different bodies`);
  }
  const inOrder = intents
    .filter(({ kind, presses, isUndoPressed }) => kind === 'reply' && presses === 1 && !isUndoPressed)
    .map(({ id }) => id);
  const arrived = assembly.commits.map(({ id }) => id).filter(id => inOrder.includes(id));
  if (arrived.join() !== inOrder.filter(id => arrived.includes(id)).join()) {
    problems.push(`replies to one ticket arrived in another order: ${arrived.join(', ')}`);
  }
  const connection = await database.connection();
  const ledger = (await connection.get('meta', 'ledger')) as Record<string, number> | undefined;
  const { enqueued = 0, withdrawn = 0, discarded = 0 } = ledger ?? {};
  const quarantined = await connection.count('quarantine');
  if (enqueued !== jobs.size + quarantined + withdrawn + discarded) {
    problems.push(`the ledger says ${JSON.stringify(ledger)}, and there are ${jobs.size} jobs`);
  }
  return problems;
}
