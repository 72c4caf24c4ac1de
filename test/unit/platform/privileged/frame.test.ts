import { expect, test } from 'vitest';
import type { PageWords } from '../../../../src/core/redaction/page-words.ts';
import { fail, ok } from '../../../../src/core/result.ts';
import { captureFrame, type FrameSteps } from '../../../../src/platform/privileged/frame.ts';

function reading(text: string, isCut = false): PageWords {
  const words = [{ start: 0, end: text.length, x: 10, y: 10, width: 40, height: 20 }];
  return { blocks: [{ text, words }], secretFields: [], isCut };
}

/** A page that tells these words, one after the other, the last for ever. */
function pageOf(readings: (PageWords | null)[], places: number[] = [0]) {
  const log: string[] = [];
  const next = <Item>(items: Item[]) => (items.length > 1 ? items.shift() : items[0]);
  const steps: FrameSteps<number> = {
    async capture() {
      log.push('capture');
      return ok(new Blob());
    },
    async measure() {
      return ok(next(places) ?? 0);
    },
    async readWords() {
      log.push('words');
      return next(readings) ?? null;
    },
    async prepare() {
      log.push('prepare');
      return ok(null);
    },
  };
  return { log, steps };
}

test('words that are the same before and after a picture are its words', async () => {
  const { log, steps } = pageOf([reading('same')]);
  expect(await captureFrame(steps)).toMatchObject({ value: { words: reading('same'), isLive: false } });
  expect(log).toEqual(['words', 'capture', 'words']);
});

test('a frame under which the words changed is taken again', async () => {
  const { log, steps } = pageOf([reading('old'), reading('new')]);
  expect(await captureFrame(steps)).toMatchObject({ value: { words: reading('new'), isLive: false } });
  expect(log.filter(step => step === 'capture')).toHaveLength(2);
});

test('where the words change on every try, those before and those after are in the picture’s', async () => {
  const { log, steps } = pageOf(Array.from({ length: 9 }, (_, index) => reading(`at ${index}`)));
  const frame = await captureFrame(steps);
  expect(frame).toMatchObject({ value: { words: { isCut: true }, isLive: true } });
  expect(frame.ok && frame.value.words?.blocks.map(({ text }) => text)).toEqual(['at 6', 'at 7']);
  expect(log.filter(step => step === 'capture')).toHaveLength(4);
});

test('a page that is known to change all the time is taken once, with both', async () => {
  const { log, steps } = pageOf([reading('old'), reading('new')]);
  const frame = await captureFrame({ ...steps, isLive: true });
  expect(frame.ok && frame.value.words?.blocks.map(({ text }) => text)).toEqual(['old', 'new']);
  expect(log).toEqual(['words', 'capture', 'words']);
});

test.each([
  [reading('known'), null],
  [null, reading('known')],
])('what is known once is kept, and it is said that it may not be all', async (before, after) => {
  const { log, steps } = pageOf([before, after]);
  expect(await captureFrame(steps)).toMatchObject({ value: { words: reading('known', true) } });
  expect(log.filter(step => step === 'capture')).toHaveLength(1);
});

test('a page that tells no words is captured at once, without them', async () => {
  const { log, steps } = pageOf([null]);
  expect(await captureFrame(steps)).toMatchObject({ value: { words: null, isLive: false } });
  expect(log.filter(step => step === 'capture')).toHaveLength(1);
});

test('readings that end somewhere in a long page are no reason to take it again', async () => {
  const { log, steps } = pageOf([reading('one', true), reading('other', true)]);
  expect(await captureFrame(steps)).toMatchObject({ value: { words: { isCut: true }, isLive: false } });
  expect(log.filter(step => step === 'capture')).toHaveLength(1);
});

test('a page that moves under each try is not caught, and a busy one is asked for words once before it', async () => {
  const { log, steps } = pageOf(
    [null],
    Array.from({ length: 8 }, (_, index) => index),
  );
  expect(await captureFrame(steps)).toEqual(fail({ kind: 'page-changed' }));
  expect(log.filter(step => step === 'capture')).toHaveLength(4);
  expect(log.filter(step => step === 'words')).toHaveLength(5);
});

test('nothing more is done with the page once it is given up', async () => {
  const controller = new AbortController();
  const { log, steps } = pageOf([reading('old')]);
  const readWords = () => {
    controller.abort();
    return steps.readWords();
  };
  expect((await captureFrame({ ...steps, readWords, signal: controller.signal })).ok).toBe(false);
  expect(log).toEqual(['words']);
});
