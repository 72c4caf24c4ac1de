import type { Result, Setup } from './simulate.ts';

/** What the worst of all runs may show. */
export type Goal = Partial<
  Record<
    | 'drainedSeconds'
    | 'refusalsPerJob'
    | 'peakInSecond'
    | 'clientPeakInSecond'
    | 'clientPeakInMinute'
    | 'triesADay',
    number
  >
>;

export interface Scenario {
  name: string;
  setup: Setup;
  /** One run for each of the seeds 1, 2, 3 … */
  runs: number;
  /** Whoever is not done by then never will be. */
  horizonMs: number;
  goal: Goal;
}

const hourMs = 3_600_000;
const standard: Setup = {
  clients: 1_000,
  jobsEach: 1,
  lane: 'ticket',
  start: 'click',
  sharedBy: 1,
  limiter: 'window',
};

function scenario(
  name: string,
  setup: Partial<Setup>,
  goal: Goal,
  { runs = 20, horizonMs = hourMs }: Partial<Pick<Scenario, 'runs' | 'horizonMs'>> = {},
): Scenario {
  return { name, setup: { ...standard, ...setup }, runs, horizonMs, goal };
}

const kinds = ['window', 'bucket'] as const;
const network = { start: 'network' } as const;
const known = { start: 'network', sharedBy: 1_000 } as const;
const few = { clients: 200, lane: 'reply' } as const;
const charging = { limiter: 'charging' } as const;

const spread: Goal = { drainedSeconds: 70, refusalsPerJob: 0.05, peakInSecond: 60 };
const rush: Goal = { drainedSeconds: 140, refusalsPerJob: 3.5 };
const fiveTickets: Goal = { drainedSeconds: 400 };
const replies: Goal = { drainedSeconds: 440, clientPeakInMinute: 60 };
const perClient: Goal = { clientPeakInSecond: 30 };

/** What is simulated, and what it is to show. */
export const scenarios: readonly Scenario[] = [
  ...kinds.map(limiter => scenario('network back, `sharedBy` set', { ...known, limiter }, spread)),
  scenario('network back, `sharedBy` set', { ...known, ...charging }, { drainedSeconds: 70 }),
  ...kinds.map(limiter => scenario('network back', { ...network, limiter }, rush)),
  scenario('network back', { ...network, ...charging }, { drainedSeconds: 200 }),
  ...kinds.map(limiter => scenario('network back, untold', { start: 'unannounced', limiter }, rush)),
  scenario('network back, untold', { start: 'unannounced', ...charging }, { drainedSeconds: 200 }),
  ...kinds.map(limiter => scenario('all press Send', { limiter }, rush)),
  scenario('all press Send', charging, { drainedSeconds: 200 }),
  scenario('network back, `sharedBy` set', { ...known, jobsEach: 5 }, fiveTickets),
  scenario('network back', { ...network, jobsEach: 5 }, fiveTickets),
  scenario('network back, untold', { start: 'unannounced', jobsEach: 5 }, fiveTickets),
  scenario('network back', { ...network, jobsEach: 5, ...charging }, {}),
  scenario('network back, `sharedBy` set', { ...few, ...network, sharedBy: 200 }, replies),
  scenario('network back', { ...few, ...network }, replies),
  scenario('network back, untold', { ...few, start: 'unannounced' }, replies),
  scenario('all press Send', few, replies),
  scenario('all press Send', { ...few, ...charging }, {}),
  scenario('all press Send', { lane: 'reply', ...charging }, {}, { horizonMs: 4 * hourMs }),
  scenario('all at once', { clients: 1, jobsEach: 1_000 }, { drainedSeconds: 70, ...perClient }, { runs: 5 }),
  scenario('all at once', { clients: 5, jobsEach: 200 }, { drainedSeconds: 80, ...perClient }),
  scenario(
    '14 days of trouble',
    { clients: 20, jobsEach: 5, start: 'outage' },
    { drainedSeconds: 1_080, triesADay: 100 },
  ),
];

/** What the worst of the runs misses of the goal, in words; none when it is met. */
export function missed({ goal }: Scenario, results: readonly Result[]): string[] {
  const undone = results.filter(({ drainedMs }) => drainedMs === null).length;
  const astray = Math.max(...results.map(result => result.astray));
  const misses = [
    ...(undone > 0 ? [`${undone} runs did not end`] : []),
    ...(astray > 0 ? [`${astray} jobs astray`] : []),
  ];
  const figures = (result: Result): Required<Goal> => ({
    ...result,
    drainedSeconds: (result.drainedMs ?? Number.POSITIVE_INFINITY) / 1_000,
  });
  for (const [name, most] of Object.entries(goal)) {
    const worst = Math.max(...results.map(result => figures(result)[name as keyof Goal]));
    if (worst > most) misses.push(`${name} ${Math.round(worst * 100) / 100} > ${most}`);
  }
  return misses;
}
