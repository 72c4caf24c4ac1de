import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readPageWords } from '../../../../src/platform/privileged/page-words.ts';

const target = { tabId: 1, windowId: 1, url: null, title: '', documentId: 'one', viewport: null };
const words = { blocks: [], secretFields: [], isCut: false };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page that answers a script after so long each; a negative number refuses it. */
function answerAfter(...delaysMs: number[]) {
  const asked = vi.fn(async () => {
    const delayMs = delaysMs.shift() ?? 0;
    if (delayMs < 0) throw new Error('Cannot access contents of the page.');
    if (delayMs > 0) await new Promise(resolve => setTimeout(resolve, delayMs));
    return [{ result: words }];
  });
  vi.stubGlobal('chrome', { scripting: { executeScript: asked } });
  return asked;
}

test('a page that answers in time is asked once', async () => {
  const asked = answerAfter(900);
  const reading = readPageWords(target);
  await vi.advanceTimersByTimeAsync(900);
  expect(await reading).toEqual(words);
  expect(asked).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('one that was too late is asked once more, and has three seconds then', async () => {
  answerAfter(1_000_000, 2_900);
  const reading = readPageWords(target);
  await vi.advanceTimersByTimeAsync(3_900);
  expect(await reading).toEqual(words);
});

test('one that is too late again has told nothing, after four seconds', async () => {
  answerAfter(1_000_000, 3_100);
  let told: unknown = 'nothing yet';
  void readPageWords(target).then(value => {
    told = value;
  });
  await vi.advanceTimersByTimeAsync(3_999);
  expect(told).toBe('nothing yet');
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toBeNull();
});

test('one that takes no script is not asked again', async () => {
  const asked = answerAfter(-1);
  expect(await readPageWords(target)).toBeNull();
  expect(asked).toHaveBeenCalledTimes(1);
});
