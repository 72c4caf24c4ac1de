import type { Lane } from '../../src/core/outbox/rate-limit.ts';
import { missed, type Scenario } from './scenarios.ts';
import { allowed, type LimiterKind } from './server.ts';
import type { Result, Setup } from './simulate.ts';

export interface Finished {
  scenario: Scenario;
  results: readonly Result[];
}

const header = [
  'clients × jobs',
  'start',
  "server's limiter",
  'ideal',
  'all delivered: min / median / max',
  '429 per job',
  'most at the server',
  'most of one client',
  'goal (worst run)',
  'met',
];

const limiterNames: Readonly<Record<LimiterKind, string>> = {
  window: 'sliding window',
  bucket: 'token bucket',
  charging: 'window that counts refused calls',
};
const jobNames: Readonly<Record<Lane, [one: string, many: string]>> = {
  ticket: ['ticket', 'tickets'],
  reply: ['reply', 'replies'],
};

/** A Markdown table with a row for each scenario. */
export function table(finished: readonly Finished[]): string {
  const rows = [header, header.map(() => '---'), ...finished.map(row)];
  return rows.map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** One scenario in a line, for whoever waits for the table. */
export function line({ scenario, results }: Finished): string {
  const { setup, name } = scenario;
  const misses = missed(scenario, results);
  const verdict = misses.length > 0 ? `MISSED: ${misses.join(', ')}` : 'ok';
  return `${workload(setup)}, ${name}, ${limiterNames[setup.limiter]}: ${drained(results)} (${verdict})`;
}

function row({ scenario, results }: Finished): string[] {
  const { setup, name, runs } = scenario;
  const most = (figure: (result: Result) => number) => Math.max(...results.map(figure));
  const isTicket = setup.lane === 'ticket';
  const atServer = most(result => (isTicket ? result.peakInSecond : result.peakInMinute));
  const ofClient = most(result => (isTicket ? result.clientPeakInSecond : result.clientPeakInMinute));
  const unit = isTicket ? 's' : 'min';
  const misses = missed(scenario, results);
  const isOutage = setup.start === 'outage';
  return [
    workload(setup),
    `${name}${runs === 20 ? '' : ` (${runs} runs)`}`,
    limiterNames[setup.limiter],
    isOutage ? '–' : `${whole(idealMs(setup) / 1_000)} s`,
    drained(results),
    most(result => result.refusalsPerJob).toFixed(2),
    `${whole(atServer)} / ${unit}`,
    isOutage ? `${most(result => result.triesADay)} / day` : `${whole(ofClient)} / ${unit}`,
    goalInWords(scenario),
    misses.length > 0 ? `**no**: ${misses.join(', ')}` : 'yes',
  ];
}

function workload({ clients, jobsEach, lane }: Setup): string {
  const [one, many] = jobNames[lane];
  return `${whole(clients)} × ${whole(jobsEach)} ${jobsEach === 1 ? one : many}`;
}

/** As soon as the limit allows. */
function idealMs({ clients, jobsEach, lane }: Setup): number {
  const { count, windowMs } = allowed[lane];
  return (clients * jobsEach * windowMs) / count;
}

function drained(results: readonly Result[]): string {
  const times = results.map(({ drainedMs }) => drainedMs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const at = (index: number) => {
    const ms = times[index] ?? Number.POSITIVE_INFINITY;
    return Number.isFinite(ms) ? whole(ms / 1_000) : 'never';
  };
  return `${at(0)} / ${at(Math.floor(times.length / 2))} / ${at(times.length - 1)} s`;
}

function goalInWords({ goal, horizonMs }: Scenario): string {
  const seconds = goal.drainedSeconds ?? horizonMs / 1_000;
  const words = [`≤ ${whole(seconds)} s`];
  if (goal.refusalsPerJob !== undefined) words.push(`429 ≤ ${goal.refusalsPerJob}`);
  if (goal.peakInSecond !== undefined) words.push(`server ≤ ${goal.peakInSecond} / s`);
  if (goal.clientPeakInSecond !== undefined) words.push(`client ≤ ${goal.clientPeakInSecond} / s`);
  if (goal.clientPeakInMinute !== undefined) words.push(`client ≤ ${goal.clientPeakInMinute} / min`);
  if (goal.triesADay !== undefined) words.push(`≤ ${goal.triesADay} tries a day`);
  return words.join(', ');
}

function whole(figure: number): string {
  return Math.round(figure).toLocaleString('en');
}
