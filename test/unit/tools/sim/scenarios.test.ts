import { expect, test } from 'vitest';
import { missed, type Scenario, scenarios } from '../../../../tools/sim/scenarios.ts';
import { type Setup, simulate } from '../../../../tools/sim/simulate.ts';

// Some of what `npm run sim` shows, on two runs each and with fewer clients where those take long.
const seeds = [1, 2];

function smaller({ setup, ...rest }: Scenario): Scenario {
  if (setup.start === 'outage') return { ...rest, setup: { ...setup, clients: 2 } };
  return setup.clients === 1 ? { ...rest, setup: { ...setup, jobsEach: 200 } } : { ...rest, setup };
}

const quick = scenarios.map(smaller).filter(({ setup }) => setup.clients * setup.jobsEach <= 1_000);
const nameOf = ({ clients, jobsEach, lane, limiter }: Setup) =>
  `${clients} × ${jobsEach} ${lane}, ${limiter}`;

test.each(quick.map(scenario => [nameOf(scenario.setup), scenario.name, scenario] as const))(
  '%s, %s: all is delivered, once and in time',
  (_, __, scenario) => {
    for (const seed of seeds) {
      const result = simulate(scenario.setup, seed, scenario.horizonMs);
      expect(missed(scenario, [result]), `seed ${seed}`).toEqual([]);
    }
  },
);

test('a seed decides all of a run', () => {
  const setup: Setup = {
    clients: 100,
    jobsEach: 2,
    lane: 'ticket',
    start: 'click',
    sharedBy: 1,
    limiter: 'window',
  };
  expect(simulate(setup, 7, 600_000)).toEqual(simulate(setup, 7, 600_000));
  expect(simulate(setup, 7, 600_000)).not.toEqual(simulate(setup, 8, 600_000));
});

test('a fleet that is not done by the horizon is said to be not done', () => {
  const [scenario] = quick;
  if (!scenario) throw new Error('There is no scenario.');
  const result = simulate(scenario.setup, 1, 10_000);
  expect(result.drainedMs).toBeNull();
  expect(missed(scenario, [result]).length).toBeGreaterThan(0);
});
