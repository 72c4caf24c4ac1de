import { expect, test } from 'vitest';
import { oneAtATime } from '../../../src/ui/one-at-a-time.ts';
import { heldPromise } from '../../support/held-promise.ts';

/** Work that ends when the test says so, with the count of its runs. */
function heldWork() {
  const runs: ReturnType<typeof heldPromise<number>>[] = [];
  const call = oneAtATime(() => {
    const run = heldPromise<number>();
    runs.push(run);
    return run.promise;
  });
  return { runs, call };
}

const turn = () => new Promise(resolve => setImmediate(resolve));

test('calls during a run share the one that follows it', async () => {
  const { runs, call } = heldWork();
  const first = call();
  await turn();
  const others = [call(), call()];
  await turn();
  expect(runs).toHaveLength(1);
  runs[0]?.resolve(1);
  await turn();
  expect(runs).toHaveLength(2);
  runs[1]?.resolve(2);
  expect(await Promise.all([first, ...others])).toEqual([1, 2, 2]);
});

test('a run that fails does not keep the next from its turn', async () => {
  const { runs, call } = heldWork();
  const first = call();
  await turn();
  const second = call();
  runs[0]?.reject(new Error('no window'));
  await expect(first).rejects.toThrow('no window');
  await turn();
  runs[1]?.resolve(2);
  expect(await second).toBe(2);
  const third = call();
  await turn();
  runs[2]?.resolve(3);
  expect(await third).toBe(3);
});
