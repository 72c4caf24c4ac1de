import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from '../../../../tools/sim/event-queue.ts';
import { allowed, type LimiterKind, Server } from '../../../../tools/sim/server.ts';

const { count, windowMs } = allowed.ticket;

/** The statuses of one request at each of the instants. */
function statuses(kind: LimiterKind, instants: readonly number[]): number[] {
  const server = new Server('ticket', kind, 0);
  return instants.map((now, index) => server.answer(String(index), now));
}

const at = (now: number, requests: number) => Array.from({ length: requests }, () => now);
const taken = (answers: readonly number[]) => answers.filter(status => status === 200).length;

test('every limiter takes as many requests at once as the vendor allows, and refuses the rest', () => {
  for (const kind of ['window', 'bucket', 'charging'] as const) {
    expect(taken(statuses(kind, at(5_000, count + 10))), kind).toBe(count);
  }
});

test('after the limit, a bucket has room again at once, a window when the first requests leave it', () => {
  const half = windowMs / 2;
  const burst = [...at(5_000, count), ...at(5_000 + half, count)];
  expect(taken(statuses('bucket', burst))).toBe(count + count / 2);
  expect(taken(statuses('window', burst))).toBe(count);
  expect(taken(statuses('window', [...at(5_000, count), ...at(5_000 + windowMs, count)]))).toBe(2 * count);
});

test('a limiter that counts refused calls takes none while it is asked too often', () => {
  const rush = Array.from({ length: 2_000 }, (_, n) => 5_000 + 10 * n);
  expect(taken(statuses('charging', rush))).toBe(count);
  expect(taken(statuses('window', rush))).toBeGreaterThan(10 * count);
});

test('events happen in the order of their instants, and in the order in which they were added', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.array(fc.nat(50)), (first, later) => {
      const events = new EventQueue(0);
      const happened: [number, number][] = [];
      let added = 0;
      const add = (instant: number) => {
        const order = added++;
        events.add(instant, () => happened.push([events.now, order]));
      };
      for (const instant of first) add(instant);
      events.add(25, () => {
        for (const instant of later) add(instant);
      });
      events.run(100, () => false);
      const due = (instant: number, order: number) => [
        order < first.length ? instant : Math.max(25, instant),
        order,
      ];
      const expected = [...first, ...later].map((instant, order) => due(instant, order) as [number, number]);
      expect(happened).toEqual(expected.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
    }),
  );
});
