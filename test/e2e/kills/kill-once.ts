import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { JobView } from '../../../src/contract/views.ts';
import {
  type Draft,
  type DraftEdits,
  pictureWay,
  sentPicture,
  sourceSpecificId,
} from '../../../src/core/draft.ts';
import type { Settings } from '../../../tools/assembly/settings.ts';
import { samplePng } from '../../integration/assembly/sample-images.ts';
import type { Kill } from './checkpoints.ts';
import type { KillRig } from './kill-rig.ts';

/** What is written into the draft. */
export type Written = DraftEdits & { readonly kind: Draft['kind']; readonly body: string };

/** What may be one way or the other in a round, without any difference for what must come of it. */
export interface Variation {
  readonly ticketDedupe: Settings['ticketDedupe'];
  readonly hasPicture: boolean;
  /** Whether the life that follows is killed as well, as soon as it has the lock. */
  readonly killAgain: boolean;
  /** Whether the person presses what there is to press (Send again, Send now), or waits. */
  readonly isImpatient: boolean;
}

interface Round {
  readonly rig: KillRig;
  readonly kill: Kill;
  readonly variation: Variation;
  readonly written: Written;
  readonly draft: Draft;
  /** The `source_specific_id`, and the job's. */
  readonly id: string;
  /** Bytes that nothing names any more. */
  readonly orphanId: string | null;
  readonly requestsBefore: number;
}

const wait = { timeout: 20_000, interval: 10 };
const emptyOutbox = { waiting: 0, needsPerson: 0 };

/**
 * Files one ticket or reply, kills the worker on the way, wakes it, and holds what comes of it to the table: exactly
 * one at Assembly, an empty outbox, and nothing said that was not so.
 */
export async function killOnce(
  rig: KillRig,
  kill: Kill,
  written: Written,
  variation: Variation,
): Promise<void> {
  const { ticketDedupe } = variation;
  rig.assembly.config.change({ ticketDedupe, replyDedupe: 'none' });
  const draft = await writeDraft(rig, written, variation);
  const round: Round = {
    rig,
    kill,
    variation,
    written,
    draft,
    id: sourceSpecificId(draft),
    orphanId: kill.orphan ? await putOldBlob(rig) : null,
    requestsBefore: rig.assembly.record.requestsTo(written.kind).length,
  };
  await killOnTheWay(round);
  expect(atAssembly(round)).toEqual({ requests: kill.requests, created: kill.created ? 1 : 0 });
  if (round.orphanId) expect(await hasBlob(rig, round.orphanId)).toBe(true);

  if (kill.goesOn === 'nothing') await sendTheDraftThatIsLeft(round);
  else if (written.kind === 'reply' && kill.replies === 'ask-the-person') await decideOnTheReply(round);
  else await wake(round);
  await expectFiledOnce(round);
}

/** Presses Send, kills the worker on the way, and then as many of the lives that follow as there are further stops. */
async function killOnTheWay(round: Round): Promise<void> {
  const { rig, kill, variation, written, draft, id } = round;
  const [firstStop, ...laterStops] = kill.stops;
  if (kill.fault) rig.assembly.faults.next({ ...kill.fault.script, match: written.kind });
  const stop = firstStop === undefined ? null : await rig.armStop(firstStop);
  const pressed = rig.ask('draft.send', { draftId: draft.id });
  // Looked at below. Should something else fail before that, that is what is to be told.
  pressed.catch(() => undefined);
  await (stop ? stop.reached() : servedAsFar(round));
  if (kill.said === 'saved') expect(await pressed).toMatchObject({ ok: true, value: { id } });
  await rig.killWorker();
  const said = await pressed;
  if (kill.said === 'nothing') expect(said).toBe(null);
  if (said !== null) expect(said.ok).toBe(true);
  if (kill.alarm) expect(await rig.hasAlarm()).toBe(true);
  for (const name of variation.killAgain ? [...laterStops, 'drain.start'] : laterStops) {
    const next = await rig.armNextLife(name);
    await next.reached();
    await rig.killWorker();
    if (kill.alarm) expect(await rig.hasAlarm()).toBe(true);
  }
}

/** Waits until Assembly has come as far with the request as the table says. */
async function servedAsFar({ rig, kill, written, requestsBefore }: Round): Promise<void> {
  const isAsFar = () => {
    const seen = rig.assembly.record.requestsTo(written.kind)[requestsBefore];
    return seen !== undefined && kill.isReached?.(seen);
  };
  await expect.poll(isAsFar, wait).toBe(true);
  await sleep(kill.afterMs ?? 0);
}

/** Nothing came of the press that nothing was said to: the draft is as it was, and is sent when Send is pressed again. */
async function sendTheDraftThatIsLeft(round: Round): Promise<void> {
  const { rig, draft } = round;
  const view = await rig.askFor('draft.read', { windowId: null });
  expect(view).toMatchObject({ draft, job: null, outbox: emptyOutbox });
  expect(atAssembly(round).requests).toBe(0);
  await rig.askFor('draft.send', { draftId: draft.id });
}

/** A reply that may have left goes no further, whoever wakes up, until the person says so. */
async function decideOnTheReply(round: Round): Promise<void> {
  const { rig, variation, draft, id } = round;
  const before = atAssembly(round);
  for (const isKilled of [false, true]) {
    if (isKilled) await rig.killWorker();
    await rig.askFor('outbox.run', {});
    expect((await readJob(round)).state.name).toBe('unknown');
  }
  expect(atAssembly(round)).toEqual(before);
  rig.assembly.config.change({ replyDedupe: 'conflict' });
  if (variation.isImpatient) await rig.askFor('job.sendNow', { jobId: id });
  else await rig.askFor('draft.send', { draftId: draft.id });
}

async function wake(round: Round): Promise<void> {
  const { rig, kill, variation, draft, id } = round;
  if (!variation.isImpatient && !kill.waitsLong) {
    await rig.askFor('outbox.run', {});
  } else if (kill.said === 'nothing') {
    // The second press finds the job of the first, or that its draft is on its way already.
    const again = await rig.ask('draft.send', { draftId: draft.id });
    if (!again?.ok) expect(again?.failure).toEqual({ kind: 'draft-changed' });
  } else {
    // A wait is as short as chance has it: where it is over already, this changes nothing.
    await expect.poll(async () => (await readJob(round)).state.name, wait).toMatch(/^(?:waiting|sent)$/);
    await rig.askFor('job.sendNow', { jobId: id });
  }
}

async function expectFiledOnce(round: Round): Promise<void> {
  const { rig, kill, variation, written, id, orphanId } = round;
  await expect.poll(async () => (await readJob(round)).state.name, wait).toBe('sent');
  await rig.askFor('outbox.run', {});
  expect(atAssembly(round)).toEqual({
    requests: kill.requests + (kill.goesOn === 'done' ? 0 : 1),
    created: 1,
  });
  const attempts = kill.goesOn === 'next-try' ? 2 : 1;
  expect(await readJob(round)).toMatchObject({ attempts, mayHoldEarlierText: false });
  if (written.kind === 'ticket') {
    const ticket = rig.assembly.record.tickets.find(({ sourceSpecificId: filed }) => filed === id);
    expect(ticket?.query).toBe(written.body);
    expect(ticket?.images).toHaveLength(variation.hasPicture ? 1 : 0);
  }
  const after = await rig.askFor('draft.read', { windowId: null });
  expect(after).toMatchObject({ draft: { body: '', attachments: [] }, job: null, outbox: emptyOutbox });
  if (orphanId) expect(await hasBlob(rig, orphanId)).toBe(false);
}

/** How many requests of this round have reached Assembly, and how many tickets or replies it has of them. */
function atAssembly({ rig, written, id, requestsBefore }: Round): { requests: number; created: number } {
  const { record } = rig.assembly;
  const filed = written.kind === 'ticket' ? record.tickets : record.replies;
  return {
    requests: record.requestsTo(written.kind).length - requestsBefore,
    created: filed.filter(({ sourceSpecificId: one }) => one === id).length,
  };
}

function readJob({ rig, id }: Round): Promise<JobView> {
  return rig.askFor('job.read', { jobId: id });
}

/** The current draft, empty until now, with what is written into it. The worker runs, and has nothing else to do. */
async function writeDraft(rig: KillRig, written: Written, { hasPicture }: Variation): Promise<Draft> {
  await rig.askFor('outbox.run', {});
  const { draft, job, outbox } = await rig.askFor('draft.read', { windowId: null });
  expect({ body: draft.body, job, outbox }).toEqual({ body: '', job: null, outbox: emptyOutbox });
  const edited = await rig.askFor('draft.edit', { draftId: draft.id, edits: written, baseBody: '' });
  if (!hasPicture) return edited;
  const blobId = await rig.control.evaluate(storePicture, samplePng(20, 10).toString('base64'));
  await rig.askFor('attachment.add', { draftId: draft.id, blobId, name: 'picture.png', type: 'image/png' });
  // What will leave of it is made in the background, and changes the draft when it is there.
  await expect.poll(() => arePicturesReady(rig), { interval: 10 }).toBe(true);
  return (await rig.askFor('draft.read', { windowId: null })).draft;
}

async function arePicturesReady(rig: KillRig): Promise<boolean> {
  const { draft } = await rig.askFor('draft.read', { windowId: null });
  return draft.attachments.every(
    attachment => attachment.kind === 'image' && sentPicture(attachment, pictureWay(draft.kind, attachment)),
  );
}

/** Stores bytes that no draft and no job names, too old to be on their way into one. */
function putOldBlob(rig: KillRig): Promise<string> {
  return rig.control.evaluate(async () => {
    const { now } = Date;
    Date.now = () => now() - 24 * 3_600_000;
    const id = await control.putBlob(new Blob(['nobody needs this']));
    Date.now = now;
    return id;
  });
}

function hasBlob(rig: KillRig, id: string): Promise<boolean> {
  return rig.control.evaluate(async blobId => (await control.getBlob(blobId)) !== null, id);
}

/** Runs in a page of the extension. */
function storePicture(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  return control.putBlob(new Blob([bytes], { type: 'image/png' }));
}
