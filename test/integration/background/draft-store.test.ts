import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendToBody, bodyLimitCharacters, type Draft } from '../../../src/core/draft.ts';
import type { JobState } from '../../../src/core/outbox/job.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import {
  closeProfile,
  enqueueDraft,
  file,
  newProfile,
  type SimulatedWorker,
  setState,
  startWorker,
} from '../../support/simulated-worker.ts';

const failure = { kind: 'unreachable' } as const;
const onItsWay: JobState[] = [
  { name: 'queued', since: 0, isUrgent: false },
  { name: 'sending', since: 0, runId: 'run' },
];
const withThePerson: JobState[] = [
  { name: 'paused', failure: { kind: 'no-key' } },
  { name: 'attention', failure: { kind: 'rejected', status: 400, detail: 'title' } },
];
const waiting: JobState = { name: 'waiting', until: Date.UTC(2030, 0), failure };
const unknown: JobState = { name: 'unknown', failure: { kind: 'timed-out' } };

let worker: SimulatedWorker;
beforeEach(async () => {
  newProfile();
  worker = await startWorker();
});
afterEach(closeProfile);

const current = async () => (await worker.currentDraft()).draft;
const storedDrafts = async () => (await worker.database()).getAll('drafts');
const storedDraft = async (id: string) => (await worker.database()).get('drafts', id);
const quote = (words: string) => (draft: Draft) => ({ ...draft, body: appendToBody(draft.body, words) });

describe('the current draft', () => {
  test('is one, for all who ask and after a restart', async () => {
    const [first, second] = await Promise.all([current(), current()]);
    expect(second.id).toBe(first.id);
    worker = await startWorker();
    expect(await current()).toEqual(first);
    expect(await storedDrafts()).toHaveLength(1);
  });

  test('leaves out the page details that the settings leave out', async () => {
    fakeBrowser.store({
      settings: {
        version: 1,
        agentName: '',
        agentEmail: '',
        categories: [],
        omittedDetails: ['browser', 'os'],
      },
    });
    expect((await current()).omittedDetails).toEqual(['browser', 'os']);
  });

  test('counts its changes', async () => {
    const { id, revision } = await current();
    await worker.editDraft(id, { title: 'One' }, '');
    await worker.addToCurrentDraft(quote('Two'));
    expect(await current()).toMatchObject({ id, revision: revision + 2, title: 'One', body: 'Two\n' });
  });

  test('does not count a change that changes nothing', async () => {
    const { id } = await current();
    await worker.editDraft(id, { title: 'One' }, '');
    const before = await current();
    expect(await worker.addToCurrentDraft(draft => draft)).toEqual({ ok: true, value: before });
    expect(await worker.changeDraft(id, draft => draft)).toMatchObject({
      ok: true,
      value: { draft: before },
    });
    expect(await current()).toEqual(before);
  });

  test('keeps a quote that came while the person typed, below the typed words', async () => {
    const { id } = await current();
    await worker.editDraft(id, { body: 'Typed' }, '');
    await worker.addToCurrentDraft(quote('> Quoted'));
    await worker.editDraft(id, { body: 'Typed on' }, 'Typed');
    expect((await current()).body).toBe('Typed on\n\n> Quoted\n');
  });
});

describe('evidence', () => {
  test('goes into the draft that is being written', async () => {
    const { id } = await current();
    await worker.editDraft(id, { body: 'Words' }, '');
    expect(await worker.addToCurrentDraft(quote('> Quoted'))).toMatchObject({
      ok: true,
      value: { id, body: 'Words\n\n> Quoted\n' },
    });
  });

  test.each([...onItsWay, ...withThePerson, waiting])(
    'does not go into a draft whose ticket is $name, but starts the next',
    async state => {
      const job = await setState(worker, await file(worker, 'Filed'), state);
      const before = await storedDraft(job.draftId);
      const added = await worker.addToCurrentDraft(quote('> Quoted'));
      expect(added).toMatchObject({ ok: true, value: { body: '> Quoted\n' } });
      expect((await current()).id).not.toBe(job.draftId);
      expect(await storedDraft(job.draftId)).toEqual(before);
      expect(await worker.readJob(job.id)).toEqual(job);
    },
  );

  test('does not go into a reply that may have been sent, but starts the next', async () => {
    const job = await setState(worker, await file(worker, 'Filed', 'reply'), unknown);
    const before = await storedDraft(job.draftId);
    expect(await worker.addToCurrentDraft(quote('> Quoted'))).toMatchObject({
      ok: true,
      value: { body: '> Quoted\n', kind: 'ticket' },
    });
    expect(await storedDraft(job.draftId)).toEqual(before);
    expect(await worker.readJob(job.id)).toEqual(job);
  });

  test('that has no room in a draft on its way starts the next', async () => {
    const job = await file(worker, 'Filed');
    const onlyIntoEmpty = (draft: Draft) => (draft.body === '' ? { ...draft, body: 'more' } : draft);
    expect(await worker.addToCurrentDraft(onlyIntoEmpty)).toMatchObject({
      ok: true,
      value: { body: 'more' },
    });
    expect((await worker.currentDraft()).draft.id).not.toBe(job.draftId);
  });

  test('that is there already starts nothing', async () => {
    const job = await file(worker, 'Filed');
    expect(await worker.addToCurrentDraft(draft => draft)).toMatchObject({
      ok: true,
      value: { id: job.draftId },
    });
    expect(await storedDrafts()).toHaveLength(1);
  });
});

describe('typing', () => {
  test.each(withThePerson)('in a draft whose ticket is $name takes the ticket back', async state => {
    const job = await file(worker, 'Filed');
    await setState(worker, job, state, 3);
    expect(await worker.editDraft(job.draftId, { title: 'Better' }, 'Filed')).toMatchObject({
      ok: true,
      value: { withdrewJob: true, draft: { title: 'Better', body: 'Filed', attempts: 3 } },
    });
    expect(await worker.readJob(job.id)).toBeNull();
    expect(await worker.currentDraft()).toMatchObject({ draft: { id: job.draftId }, job: null });
    // A second ticket of the same draft is the same ticket, and known to be on its fourth try.
    expect(await enqueueDraft(worker, job.draftId)).toMatchObject({ id: job.id, attempts: 3 });
  });

  test('in a reply that may have been sent keeps it on record', async () => {
    const job = await setState(worker, await file(worker, 'Filed', 'reply'), unknown);
    expect(await worker.editDraft(job.draftId, { body: 'Changed' }, 'Filed')).toMatchObject({
      ok: true,
      value: { withdrewJob: false, draft: { body: 'Changed' } },
    });
    expect(await worker.readJob(job.id)).toEqual(job);
  });

  test.each([...onItsWay, waiting])('in a draft whose ticket is $name is refused', async state => {
    const job = await setState(worker, await file(worker, 'Filed'), state);
    const before = await storedDraft(job.draftId);
    expect(await worker.editDraft(job.draftId, { body: 'Changed' }, 'Filed')).toEqual({
      ok: false,
      failure: { kind: 'draft-changed' },
    });
    expect(await storedDraft(job.draftId)).toEqual(before);
    expect(await worker.readJob(job.id)).toEqual(job);
  });

  test('in a draft that is gone is refused', async () => {
    const { id } = await current();
    await worker.startOver(id);
    expect(await worker.editDraft(id, { body: 'Late' }, '')).toEqual({
      ok: false,
      failure: { kind: 'draft-changed' },
    });
    expect(await storedDraft(id)).toBeUndefined();
  });

  test('late, in a parked draft that made room for another, does not take its ticket out of the outbox', async () => {
    const job = await setState(worker, await file(worker, 'Filed'), { name: 'paused', failure });
    await worker.addToCurrentDraft(quote('> The next'));
    const edited = await worker.editDraft(job.draftId, { body: 'Late words' }, 'Filed');
    expect(edited).toEqual({ ok: false, failure: { kind: 'draft-changed' } });
    expect(await worker.readJob(job.id)).toEqual(job);
  });
});

describe('what could not be read back', () => {
  const tooLong = 'x'.repeat(bodyLimitCharacters + 1);

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['typed', id => worker.editDraft(id, { body: tooLong }, 'Words')],
    ['quoted', () => worker.addToCurrentDraft(quote(tooLong))],
    ['quoted below', () => worker.addToCurrentDraft(quote('x'.repeat(bodyLimitCharacters - 3)))],
  ])('%s: is refused, and the stored draft stays as it was', async (_, add) => {
    const { id } = await current();
    await worker.editDraft(id, { body: 'Words' }, '');
    const before = await current();
    expect(await add(id)).toEqual({ ok: false, failure: { kind: 'draft-too-long' } });
    expect(await current()).toEqual(before);
    expect(await storedDrafts()).toEqual([before]);
  });

  test('a text of the full length is kept', async () => {
    const { id } = await current();
    const full = 'x'.repeat(bodyLimitCharacters);
    await worker.editDraft(id, { body: full }, '');
    expect((await current()).body).toBe(full);
  });

  test('an edit that is refused leaves the parked ticket in the outbox', async () => {
    const job = await setState(worker, await file(worker, 'Filed'), { name: 'paused', failure });
    await worker.editDraft(job.draftId, { body: tooLong }, 'Filed');
    expect(await worker.readJob(job.id)).toEqual(job);
  });

  test('a quote that is refused while the current draft is on its way puts nothing in its place', async () => {
    const job = await file(worker, 'Filed');
    const added = await worker.addToCurrentDraft(quote(tooLong));
    expect(added).toEqual({ ok: false, failure: { kind: 'draft-too-long' } });
    expect((await current()).id).toBe(job.draftId);
  });
});

describe('starting over', () => {
  test('puts the written draft aside and gives an empty one', async () => {
    const { id } = await current();
    await worker.editDraft(id, { body: 'Words' }, '');
    const written = await current();
    const fresh = await worker.startOver(id);
    expect(fresh).toMatchObject({ body: '', revision: 0, putAsideAt: null });
    expect(await current()).toEqual(fresh);
    expect(await storedDraft(id)).toEqual({ ...written, putAsideAt: Date.now() });
  });

  test('leaves nothing of an empty draft', async () => {
    const fresh = await worker.startOver((await current()).id);
    expect(await storedDrafts()).toEqual([fresh]);
  });

  test('keeps a draft that is in the outbox, and its job', async () => {
    const job = await file(worker, 'Filed');
    const fresh = await worker.startOver(job.draftId);
    expect((await current()).id).toBe(fresh.id);
    expect(await storedDraft(job.draftId)).toMatchObject({ body: 'Filed' });
    expect(await worker.readJob(job.id)).toEqual(job);
  });

  test('from a draft that is not the current one any more changes nothing', async () => {
    const { id } = await current();
    const next = await worker.startOver(id);
    await worker.editDraft(next.id, { body: 'Written since' }, '');
    const before = await current();
    expect(await worker.startOver(id)).toEqual(before);
    expect(await storedDrafts()).toEqual([before]);
  });
});

describe('editing a job again', () => {
  test.each([waiting, ...withThePerson])(
    'takes a ticket that is $name out and makes its draft current',
    async state => {
      const job = await file(worker, 'Filed');
      await setState(worker, job, state, 2);
      expect(await worker.editJobAgain(job)).toMatchObject({
        ok: true,
        value: { id: job.draftId, body: 'Filed', attempts: 2 },
      });
      expect(await worker.currentDraft()).toMatchObject({ draft: { id: job.draftId }, job: null });
      expect(await worker.readJob(job.id)).toBeNull();
    },
  );

  test('is refused while it is being sent', async () => {
    const sending: JobState = { name: 'sending', since: 0, runId: 'run' };
    const job = await setState(worker, await file(worker, 'Filed'), sending);
    expect(await worker.editJobAgain(job)).toEqual({ ok: false, failure: { kind: 'busy' } });
    expect(await worker.readJob(job.id)).toEqual(job);
  });

  test('goes by what is stored, not by what the page saw', async () => {
    const seen = await setState(worker, await file(worker, 'Filed'), waiting);
    const sending = await setState(worker, seen, { name: 'sending', since: 0, runId: 'run' });
    expect(await worker.editJobAgain(seen)).toEqual({ ok: false, failure: { kind: 'busy' } });
    expect(await worker.readJob(seen.id)).toEqual(sending);
  });

  test('puts the draft that is being written aside', async () => {
    const job = await setState(worker, await file(worker, 'Filed'), waiting);
    await worker.addToCurrentDraft(quote('> The next'));
    const written = await current();
    expect(await worker.editJobAgain(job)).toMatchObject({ ok: true, value: { id: job.draftId } });
    expect((await current()).id).toBe(job.draftId);
    expect(await storedDraft(written.id)).toEqual({ ...written, putAsideAt: Date.now() });
  });

  test('leaves a draft that waits in the outbox where it is', async () => {
    const job = await setState(worker, await file(worker, 'Filed'), waiting);
    const next = await file(worker, 'The next');
    expect(await worker.editJobAgain(job)).toMatchObject({ ok: true });
    expect(await storedDraft(next.draftId)).toMatchObject({ putAsideAt: null, body: 'The next' });
    expect(await worker.readJob(next.id)).toEqual(next);
  });

  test('takes the place of an empty draft, which does not stay behind', async () => {
    const job = await setState(worker, await file(worker, 'Filed'), waiting);
    await current();
    await worker.editJobAgain(job);
    expect((await storedDrafts()).map(({ id }) => id)).toEqual([job.draftId]);
  });

  test('of a job that is gone finds nothing', async () => {
    const job = await setState(worker, await file(worker, 'Filed'), waiting);
    await worker.discardJob(job.id, Date.now());
    expect(await worker.editJobAgain(job)).toEqual({ ok: false, failure: { kind: 'not-found' } });
  });
});
