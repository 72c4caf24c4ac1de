import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asideDays, dayMs, defaultRetention } from '../../../src/core/retention.ts';
import { answerOf, askWorker } from '../../support/ask-worker.ts';
import { makePicture } from '../../support/make-picture.ts';
import {
  closeProfile,
  enqueueDraft,
  file,
  newProfile,
  type SimulatedWorker,
  setState,
  startListeningWorker,
  startWorker,
} from '../../support/simulated-worker.ts';

const notFound = { ok: false, failure: { kind: 'not-found' } };

let worker: SimulatedWorker;
beforeEach(async () => {
  newProfile();
  worker = await startWorker();
});
afterEach(closeProfile);

const current = async () => (await worker.currentDraft()).draft;
const asideIds = async () => (await worker.draftsAside()).map(({ id }) => id);

/** Writes into the current draft and starts over; answers the id of the one that was put aside. */
async function putAside(body: string): Promise<string> {
  const { id } = await current();
  await worker.editDraft(id, { body }, '');
  await worker.startOver(id);
  return id;
}

describe('a draft that was put aside', () => {
  test('comes back under its id with all that it held', async () => {
    const id = await putAside('Words');
    expect(await asideIds()).toEqual([id]);
    const opened = await worker.openDraft(id, Date.now());
    expect(opened).toMatchObject({ ok: true, value: { id, body: 'Words', putAsideAt: null } });
    expect((await current()).id).toBe(id);
    expect(await asideIds()).toEqual([]);
    expect((await enqueueDraft(worker, id)).id).toBe(`cap_${id}`);
  });

  test('changes places with the one that is written, and leaves nothing of an empty one', async () => {
    const first = await putAside('First');
    const second = await putAside('Second');
    await worker.openDraft(first, Date.now());
    expect(await asideIds()).toEqual([second]);
    await worker.openDraft(second, Date.now());
    expect((await current()).id).toBe(second);
    expect(await asideIds()).toEqual([first]);
    expect(await (await worker.database()).count('drafts')).toBe(2);
  });

  test('leaves a draft whose ticket waits for the person to its ticket', async () => {
    const first = await putAside('First');
    const job = await setState(worker, await file(worker, 'Filed'), {
      name: 'paused',
      failure: { kind: 'no-key' },
    });
    await worker.openDraft(first, Date.now());
    expect(await asideIds()).toEqual([]);
    expect(await worker.readJob(job.id)).toEqual(job);
    expect(await worker.editJobAgain(job)).toMatchObject({ ok: true, value: { body: 'Filed' } });
    expect(await asideIds()).toEqual([first]);
  });

  test('is neither written to nor sent by a page that still shows it', async () => {
    const id = await putAside('Words');
    const changed = { ok: false, failure: { kind: 'draft-changed' } };
    expect(await worker.editDraft(id, { body: 'Late' }, 'Words')).toEqual(changed);
    expect(await worker.enqueue(id, () => expect.fail('It must not be sent.'), 1)).toEqual(changed);
    expect(await worker.startOver(id)).toEqual(await current());
    expect((await worker.draftsAside()).map(({ body }) => body)).toEqual(['Words']);
  });

  test('of which nothing is known, or which a ticket was made of, is not opened or discarded', async () => {
    const job = await file(worker, 'Filed');
    await worker.startOver(job.draftId);
    for (const id of ['f'.repeat(32), job.draftId]) {
      expect(await worker.openDraft(id, Date.now())).toEqual(notFound);
      expect(await worker.discardDraft(id)).toEqual(notFound);
    }
    expect(await worker.readJob(job.id)).toEqual(job);
  });

  test('goes after a week, with its pictures, and not before', async () => {
    const blobId = await worker.putBlob(new Blob(['as captured']));
    await worker.addToCurrentDraft(draft => ({ ...draft, attachments: [makePicture({ blobId })] }));
    const { id } = await current();
    await worker.startOver(id);
    const asideAt = Date.now();
    // The browser is used every day.
    for (let day = 0; day < asideDays; day += 1)
      await worker.removeOld(asideAt + day * dayMs, defaultRetention);
    expect(await worker.removeOld(asideAt + asideDays * dayMs - 1, defaultRetention)).toBe(
      asideAt + asideDays * dayMs,
    );
    await worker.sweepBlobs(asideAt + asideDays * dayMs - 1);
    expect(await asideIds()).toEqual([id]);
    expect(await worker.getBlob(blobId)).not.toBeNull();

    expect(await worker.removeOld(asideAt + asideDays * dayMs, defaultRetention)).toBeNull();
    expect(await asideIds()).toEqual([]);
    expect(await worker.getBlob(blobId)).toBeNull();
    expect((await current()).id).not.toBe(id);
  });
});

describe('the list of drafts', () => {
  test('names them, the last one first, and counts them for the popup', async () => {
    const { id: first } = await current();
    await worker.addToCurrentDraft(draft => ({
      ...draft,
      body: '> **Quoted** words\n\nMore',
      page: { page_url: 'https://example.com/a', page_title: 'A page' },
      attachments: [makePicture()],
    }));
    await worker.startOver(first);
    vi.setSystemTime(Date.now() + 1_000);
    const second = await putAside('');
    expect(await asideIds()).toEqual([first]);
    const { id: third } = await current();
    await worker.editDraft(third, { kind: 'reply', replyTarget: 'cap_1', title: '' }, '');
    await worker.startOver(third);
    await startListeningWorker();
    expect(second).not.toBe(third);
    expect(await answerOf('drafts.list', {})).toEqual([
      { id: third, kind: 'reply', title: '', pageUrl: null, attachments: 0, putAsideAt: Date.now() },
      {
        id: first,
        kind: 'ticket',
        title: 'Quoted words',
        pageUrl: 'https://example.com/a',
        attachments: 1,
        putAsideAt: Date.now() - 1_000,
      },
    ]);
    expect(await answerOf('draft.read', { windowId: null })).toMatchObject({ draftsAside: 2 });
  });

  test('opens and discards by message', async () => {
    const [kept, dropped] = [await putAside('Kept'), await putAside('Dropped')];
    await startListeningWorker();
    expect(await answerOf('drafts.discard', { draftId: dropped })).toBeNull();
    expect(await askWorker('drafts.discard', { draftId: dropped })).toEqual(notFound);
    expect(await askWorker('drafts.open', { draftId: dropped })).toEqual(notFound);
    expect(await answerOf('drafts.open', { draftId: kept })).toMatchObject({ id: kept, body: 'Kept' });
    expect(await answerOf('draft.read', { windowId: null })).toMatchObject({
      draft: { id: kept },
      draftsAside: 0,
    });
  });
});
