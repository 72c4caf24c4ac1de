import { expect, test } from 'vitest';
import { runSchedule } from './schedule.ts';

// A failure names its seed: SEED=<it> SCHEDULES=1 runs that one alone.
const firstSeed = Number(process.env['SEED'] ?? 1);
const count = Number(process.env['SCHEDULES'] ?? (process.env['SOAK'] ? 100_000 : 10_000));

test(`${count} schedules of deaths, lost answers and set clocks: nothing is lost, nothing is doubled`, {
  timeout: 60_000 + count * 60,
}, async () => {
  let deaths = 0;
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const result = await runSchedule(seed);
    expect(result.problems, `seed ${seed}`).toEqual([]);
    deaths += result.deaths;
  }
  // A schedule in which nothing dies would prove nothing.
  if (count >= 100) expect(deaths).toBeGreaterThan(count);
});
