import { PNG } from 'pngjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nothingCovered, type SlicePosition } from '../../../../src/core/image/tiling.ts';
import { fail, ok } from '../../../../src/core/result.ts';
import { type SliceSteps, takeSlice } from '../../../../src/platform/privileged/take-slice.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const position: SlicePosition = {
  view: { width: 100, height: 100, pinch: { x: 0, y: 0, scale: 1 } },
  origin: { x: 0, y: 0 },
  clip: { x: 0, y: 0, width: 100, height: 100 },
  size: { width: 100, height: 100 },
  atEnd: { x: true, y: true },
  isCut: false,
};
const stop = { at: { x: 0, y: 0 }, covered: nothingCovered, isFirst: true, isLive: false };

/** A page that answers each question after so long. */
function slowPage(answerMs: number, where: () => SlicePosition = () => position) {
  let captures = 0;
  const answer = async () => {
    await new Promise(resolve => setTimeout(resolve, answerMs));
    return ok(where());
  };
  const png = new Blob([new Uint8Array(PNG.sync.write(new PNG({ width: 100, height: 100 })))]);
  const steps: SliceSteps = {
    scroller: { goTo: answer, where: answer },
    async capture() {
      captures++;
      return ok(png);
    },
    readWords: async () => ({ blocks: [], secretFields: [], isCut: false }),
  };
  return { steps, captures: () => captures };
}

test('a page that stands still is taken', async () => {
  const taking = takeSlice(slowPage(100).steps, stop);
  await vi.runAllTimersAsync();
  expect(await taking).toMatchObject({ ok: true, value: { isDone: true, isLive: false } });
  expect(vi.getTimerCount()).toBe(0);
});

test('a page that answers late each time, and moves, holds a slice up for 20 s and is left alone then', async () => {
  let moved = 0;
  const { steps, captures } = slowPage(6_000, () => ({ ...position, origin: { x: 0, y: moved++ } }));
  let taken: unknown = null;
  void takeSlice(steps, stop).then(result => {
    taken = result;
  });
  await vi.advanceTimersByTimeAsync(19_999);
  expect(taken).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect(taken).toEqual(fail({ kind: 'page-not-drawn' }));
  const soFar = captures();
  await vi.runAllTimersAsync();
  expect(captures()).toBe(soFar);
});
