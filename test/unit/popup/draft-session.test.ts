import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { appendToBody, type Draft, type DraftEdits, emptyDraft } from '../../../src/core/draft.ts';
import type { Failure } from '../../../src/core/failure.ts';
import { mergeText } from '../../../src/core/merge-text.ts';
import { fail, ok, type Result } from '../../../src/core/result.ts';
import { createDraftSession } from '../../../src/popup/draft-session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const draftOf = (edits: Partial<Draft> = {}): Draft => ({ ...emptyDraft('first', 0), ...edits });

/**
 * A session over a draft store that does what the worker's does. A save reaches the store after `travelMs` and its
 * answer is back after as much again.
 */
function startSession({ initial = draftOf(), travelMs = 5 } = {}) {
  let stored = initial;
  const saves: DraftEdits[] = [];
  const failures: Failure[] = [];
  let breaks: 'before it is stored' | 'after it is stored' | null = null;
  const wait = () => new Promise(resolve => setTimeout(resolve, travelMs));

  async function save(input: {
    draftId: string;
    edits: DraftEdits;
    baseBody: string;
  }): Promise<Result<Draft>> {
    const { draftId, edits, baseBody } = input;
    await wait();
    const isThere = draftId === stored.id;
    const broken = breaks;
    if (isThere && broken !== 'before it is stored') {
      saves.push(edits);
      const body = edits.body === undefined ? stored.body : mergeText(baseBody, edits.body, stored.body);
      stored = { ...stored, ...edits, body, revision: stored.revision + 1 };
    }
    const answer = stored;
    await wait();
    if (broken) return fail({ kind: 'unexpected', detail: 'the worker was stopped' });
    return isThere ? ok(answer) : fail({ kind: 'draft-changed' });
  }

  const session = createDraftSession(
    initial,
    save,
    () => {},
    failure => failures.push(failure),
  );
  return {
    session,
    saves,
    failures,
    stored: () => stored,
    /** A menu, a shortcut or another window changes what is stored. */
    changeStored(change: (draft: Draft) => Draft) {
      stored = { ...change(stored), revision: stored.revision + 1 };
      return stored;
    },
    /** Until `null`, every save fails. */
    breakSaves(how: typeof breaks) {
      breaks = how;
    },
  };
}

describe('saving', () => {
  test('what is typed is shown at once and stored 200 ms after the first key, though typing goes on', async () => {
    const { session, stored } = startSession();
    for (const body of ['a', 'ab', 'abc', 'abcd', 'abcde']) {
      session.edit({ body });
      expect(session.shown().body).toBe(body);
      await vi.advanceTimersByTimeAsync(45);
    }
    // 225 ms after the first key and 45 ms after the last.
    expect(stored().body.length).toBeGreaterThanOrEqual(4);
    await vi.advanceTimersByTimeAsync(200);
    expect(stored().body).toBe('abcde');
  });

  test('nothing is saved before there is something to save', async () => {
    const { session, saves } = startSession();
    expect(await session.flush()).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saves).toEqual([]);
  });

  test('flush stores at once, and does not save the same again later', async () => {
    const { session, saves } = startSession();
    session.edit({ title: 'Title' });
    const flushed = session.flush();
    await vi.advanceTimersByTimeAsync(50);
    expect(await flushed).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saves).toEqual([{ title: 'Title' }]);
  });

  test('no key waits for the answer to an earlier one: the popup may be gone by then', async () => {
    const { session, saves, stored } = startSession({ travelMs: 400 });
    for (const title of ['1', '12', '123', '1234']) {
      session.edit({ title });
      await vi.advanceTimersByTimeAsync(50);
    }
    // The first answer is 400 ms away, and the last save has arrived.
    await vi.advanceTimersByTimeAsync(350);
    expect(saves.map(({ title }) => title)).toEqual(['1', '12', '123', '1234']);
    expect(stored().title).toBe('1234');
  });

  test('a field that is answered for stays as it was typed while another is on its way', async () => {
    const { session } = startSession({ travelMs: 100 });
    session.edit({ body: 'typed' });
    await vi.advanceTimersByTimeAsync(150);
    session.edit({ title: 'T' });
    for (let passed = 0; passed < 400; passed += 25) {
      await vi.advanceTimersByTimeAsync(25);
      expect(session.shown()).toMatchObject({ body: 'typed', title: 'T' });
    }
  });

  test('what is typed while a save is on its way stays on the screen and is stored by the next', async () => {
    const { session, stored } = startSession({ travelMs: 100 });
    session.edit({ body: 'abc' });
    await vi.advanceTimersByTimeAsync(250);
    session.edit({ body: 'abcd', title: 'T' });
    await vi.advanceTimersByTimeAsync(160);
    expect(session.shown()).toMatchObject({ body: 'abcd', title: 'T' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stored()).toMatchObject({ body: 'abcd', title: 'T' });
  });
});

describe('a save that fails', () => {
  test('keeps the typed words, says why, and the next save takes them along', async () => {
    const { session, failures, breakSaves, stored } = startSession();
    breakSaves('before it is stored');
    session.edit({ body: 'typed', title: 'Title' });
    await vi.advanceTimersByTimeAsync(300);
    expect(failures).toEqual([{ kind: 'unexpected', detail: 'the worker was stopped' }]);
    expect(session.shown()).toMatchObject({ body: 'typed', title: 'Title' });
    expect(stored().body).toBe('');
    breakSaves(null);
    session.edit({ body: 'typed more' });
    await vi.advanceTimersByTimeAsync(300);
    expect(stored()).toMatchObject({ body: 'typed more', title: 'Title' });
  });

  test('makes flush say so', async () => {
    const { session, breakSaves } = startSession();
    breakSaves('before it is stored');
    session.edit({ body: 'typed' });
    const flushed = session.flush();
    await vi.advanceTimersByTimeAsync(50);
    expect(await flushed).toBe(false);
  });

  test('though it was stored, and only its answer lost, doubles no words', async () => {
    const { session, breakSaves, stored } = startSession();
    breakSaves('after it is stored');
    session.edit({ body: 'typed' });
    await vi.advanceTimersByTimeAsync(300);
    breakSaves(null);
    session.edit({ body: 'typed more' });
    await vi.advanceTimersByTimeAsync(300);
    expect(stored().body).toBe('typed more');
    expect(session.shown().body).toBe('typed more');
  });
});

test('whatever fails or is added meanwhile: what was typed last is shown at all times, and stored in the end', async () => {
  const typing = [
    fc.record({ field: fc.constantFrom('body', 'title'), typed: fc.stringMatching(/^[a-z]{1,3}$/) }),
    fc.record({ waitMs: fc.integer({ min: 1, max: 150 }) }),
  ] as const;
  const failing = fc.record({ breaks: fc.constantFrom('before it is stored', 'after it is stored', null) });
  const losing = fc.record({ breaks: fc.constantFrom('before it is stored', null) });
  // Not a quote and an answer that is lost: the words that were stored all the same may then be taken for added ones.
  const steps = fc.oneof(
    fc.array(fc.oneof(...typing, failing), { maxLength: 40 }),
    fc.array(fc.oneof(...typing, losing, fc.constant('quote' as const)), { maxLength: 40 }),
  );
  await fc.assert(
    fc.asyncProperty(steps, async steps => {
      const { session, changeStored, breakSaves, stored } = startSession({ travelMs: 40 });
      let [title, words, isQuoted] = ['', 'begun', false];
      // The words of the person, without what stands below them.
      const wordsIn = ({ body }: Draft) => body.split('\n')[0];
      session.edit({ body: words });
      await vi.advanceTimersByTimeAsync(200);
      for (const one of steps) {
        if (one === 'quote') {
          if (isQuoted) continue;
          isQuoted = true;
          session.adopt(changeStored(draft => ({ ...draft, body: appendToBody(draft.body, '> quote') })));
        } else if ('waitMs' in one) await vi.advanceTimersByTimeAsync(one.waitMs);
        else if ('breaks' in one) breakSaves(one.breaks);
        else if (one.field === 'title') {
          title += one.typed;
          session.edit({ title });
        } else {
          const { body } = session.shown();
          session.edit({ body: body.slice(0, words.length) + one.typed + body.slice(words.length) });
          words += one.typed;
        }
        expect([session.shown().title, wordsIn(session.shown())]).toEqual([title, words]);
      }
      breakSaves(null);
      const flushed = session.flush();
      await vi.advanceTimersByTimeAsync(500);
      expect(await flushed).toBe(true);
      expect([stored().title, wordsIn(stored())]).toEqual([title, words]);
      expect(stored().body.split('> quote')).toHaveLength(isQuoted ? 2 : 1);
      expect(session.shown()).toEqual(stored());
    }),
    { numRuns: 2_000 },
  );
});

describe('a quote that is added meanwhile', () => {
  const quoted = (draft: Draft): Draft => ({ ...draft, body: appendToBody(draft.body, '> quote') });

  test('is taken over below typed and unsaved words', async () => {
    const { session, changeStored, stored } = startSession();
    session.edit({ body: 'typed' });
    session.adopt(changeStored(quoted));
    expect(session.shown().body).toContain('typed');
    await vi.advanceTimersByTimeAsync(300);
    expect(stored().body).toBe('typed\n\n> quote\n');
    expect(session.shown().body).toBe('typed\n\n> quote\n');
  });

  test('is not lost when the popup has not heard of it before it saves', async () => {
    const { session, changeStored, stored } = startSession();
    session.edit({ body: 'typed' });
    changeStored(quoted);
    await vi.advanceTimersByTimeAsync(300);
    expect(stored().body).toBe('typed\n\n> quote\n');
    expect(session.shown().body).toBe('typed\n\n> quote\n');
  });

  test('is not lost when typing goes on while the save is on its way', async () => {
    const { session, changeStored, stored } = startSession({ travelMs: 100 });
    session.edit({ body: 'typed' });
    await vi.advanceTimersByTimeAsync(220);
    changeStored(quoted);
    session.edit({ body: 'typed more' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stored().body).toBe('typed more\n\n> quote\n');
    expect(session.shown().body).toBe('typed more\n\n> quote\n');
  });
});

describe('a quote that comes after a save that was not stored, while the next is out', () => {
  test('stays below the words of both', async () => {
    const { session, changeStored, breakSaves, stored } = startSession({
      initial: draftOf({ body: 'begun' }),
      travelMs: 100,
    });
    breakSaves('before it is stored');
    session.edit({ body: 'begun and' });
    await vi.advanceTimersByTimeAsync(110);
    breakSaves(null);
    session.edit({ body: 'begun and typed' });
    changeStored(draft => ({ ...draft, body: appendToBody(draft.body, '> quote') }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await session.flush()).toBe(true);
    expect(stored().body).toBe('begun and typed\n\n> quote\n');
    expect(session.shown().body).toBe('begun and typed\n\n> quote\n');
  });
});

describe('copies of the draft that arrive out of order', () => {
  test('an older one changes nothing', async () => {
    const { session, stored } = startSession();
    const older = stored();
    session.edit({ body: 'hello w' });
    await vi.advanceTimersByTimeAsync(300);
    session.adopt(older);
    expect(session.shown().body).toBe('hello w');
    session.edit({ body: 'hello wo' });
    await vi.advanceTimersByTimeAsync(300);
    expect(stored().body).toBe('hello wo');
  });

  test('a quote that comes between a save and its answer is added once', async () => {
    const { session, changeStored, stored } = startSession({ travelMs: 100 });
    session.edit({ body: 'a' });
    await vi.advanceTimersByTimeAsync(150);
    session.edit({ body: 'ab' });
    session.adopt(changeStored(draft => ({ ...draft, body: appendToBody(draft.body, '> quote') })));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stored().body).toBe('ab\n\n> quote\n');
    expect(session.shown().body).toBe('ab\n\n> quote\n');
  });
});

describe('another draft', () => {
  const second = emptyDraft('second', 1);

  test('drops what was unsaved of the first', async () => {
    const { session, changeStored, saves } = startSession();
    session.edit({ body: 'of the first' });
    session.adopt(changeStored(() => second));
    expect(session.shown()).toMatchObject({ ...second, revision: expect.any(Number) });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saves).toEqual([]);
    expect(session.shown()).toMatchObject({ ...second, revision: expect.any(Number) });
  });

  test('is not replaced by the late answer to a save of the first', async () => {
    const { session, changeStored } = startSession({ travelMs: 100 });
    session.edit({ body: 'of the first' });
    // Stored, and its answer is on its way.
    await vi.advanceTimersByTimeAsync(350);
    session.adopt(changeStored(() => second));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.shown()).toMatchObject({ ...second, revision: expect.any(Number) });
  });

  test('takes over no words from a save of the first that came too late', async () => {
    const { session, changeStored, stored } = startSession({ travelMs: 100 });
    session.edit({ body: 'of the first' });
    await vi.advanceTimersByTimeAsync(250);
    session.adopt(changeStored(() => second));
    expect(session.shown()).toMatchObject({ ...second, revision: expect.any(Number) });
    await vi.advanceTimersByTimeAsync(1_000);
    session.edit({ title: 'of the second' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stored()).toMatchObject({ id: 'second', body: '', title: 'of the second' });
  });
});
