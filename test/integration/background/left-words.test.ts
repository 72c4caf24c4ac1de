import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isUntouched } from '../../../src/core/draft.ts';
import type { JobState } from '../../../src/core/outbox/job.ts';
import type { Template } from '../../../src/core/template/template.ts';
import {
  closeProfile,
  enqueueDraft,
  file,
  newProfile,
  type SimulatedWorker,
  setState,
  startWorker,
} from '../../support/simulated-worker.ts';

const failure = { kind: 'timed-out' } as const;
const unknown: JobState = { name: 'unknown', failure };
const sent: JobState = { name: 'sent', at: 0, ticketNumber: null, historyId: '01J8' };

let worker: SimulatedWorker;
beforeEach(async () => {
  newProfile();
  worker = await startWorker();
});
afterEach(closeProfile);

const current = async () => (await worker.currentDraft()).draft;
const asideBodies = async () => (await worker.draftsAside()).map(({ body }) => body);

describe('words that were written into a reply which may have been sent', () => {
  test('are put aside when it is sent again as it was, after the next draft was begun', async () => {
    const job = await setState(worker, await file(worker, 'Sent words', 'reply'), unknown);
    const { body } = await current();
    await worker.editDraft(job.draftId, { body: 'Better words' }, body);
    await worker.startOver(job.draftId);
    await setState(worker, job, sent);
    expect(await asideBodies()).toEqual(['Better words']);
    const [aside] = await worker.draftsAside();
    expect(aside).toMatchObject({ attempts: 0, mayHaveArrived: false, kind: 'reply' });
    expect(aside?.id).not.toBe(job.draftId);
  });

  test('leave nothing behind when there are none', async () => {
    const job = await setState(worker, await file(worker, 'Sent words', 'reply'), unknown);
    await worker.startOver(job.draftId);
    await setState(worker, job, sent);
    expect(await worker.draftsAside()).toEqual([]);
  });
});

describe('a ticket of nothing but a template', () => {
  const template: Template = { id: 't', name: 'T', sites: [], title: '', body: 'Stuck', category: '' };

  async function parked() {
    const { applyTemplate } = await import('../../../src/core/template/fill-template.ts');
    const { id } = await current();
    const values = { agentName: '', date: '', time: '' };
    await worker.changeDraft(id, draft => applyTemplate(draft, template, values, true));
    expect(isUntouched(await current())).toBe(true);
    const job = await enqueueDraft(worker, id);
    return setState(worker, job, {
      name: 'attention',
      failure: { kind: 'rejected', status: 400, detail: '' },
    });
  }

  test('is the work of the person once it was sent: edited again it is kept', async () => {
    const job = await parked();
    await worker.startOver(job.draftId);
    await worker.editJobAgain(job);
    expect(await current()).toMatchObject({ id: job.draftId, body: 'Stuck' });
    expect(isUntouched(await current())).toBe(false);
    await worker.startOver(job.draftId);
    expect(await asideBodies()).toEqual(['Stuck']);
  });

  test('is so too when a change takes it out of the outbox, and keeps its time', async () => {
    const job = await parked();
    await worker.editDraft(job.draftId, { category: 'Bug' }, 'Stuck');
    expect(await worker.readJob(job.id)).toBeNull();
    expect(isUntouched(await current())).toBe(false);
    const again = await enqueueDraft(worker, job.draftId);
    expect(again.request.originalTimestamp).toBe(job.request.originalTimestamp);
  });
});
