import type { Answer } from '../../src/core/outbox/classify.ts';
import type { Job, JobRequest } from '../../src/core/outbox/job.ts';
import type { Lane } from '../../src/core/outbox/rate-limit.ts';
import { Client, type World } from './client.ts';
import { EventQueue } from './event-queue.ts';
import { randomOf } from './random.ts';
import { type LimiterKind, Server, SlidingWindow } from './server.ts';

export interface Setup {
  clients: number;
  jobsEach: number;
  lane: Lane;
  /**
   * `click`: all press Send within one second. `network`: all were offline, and are back, and told so, in the same
   * millisecond; `unannounced`: nobody tells them. `outage`: all file within the first day of an outage of the server.
   */
  start: 'click' | 'network' | 'unannounced' | 'outage';
  /** What the organisation's policy says of the number of clients; 1 when it says nothing. */
  sharedBy: number;
  limiter: LimiterKind;
}

/** What came of one run. Times count from the click, the return of the network, or the end of the outage. */
export interface Result {
  /** When the last job was delivered, milliseconds; null when some were not within the horizon. */
  drainedMs: number | null;
  /** Answers of 429, per job that was delivered. */
  refusalsPerJob: number;
  /** The most requests that reached the server in any second, or minute. */
  peakInSecond: number;
  peakInMinute: number;
  /** The most that one client sent in any second, or minute. */
  clientPeakInSecond: number;
  clientPeakInMinute: number;
  /** The most tries that one client made on one day. */
  triesADay: number;
  /** Jobs that the server took more than once, or that wait for a person: none, when all is well. */
  astray: number;
}

const dayMs = 86_400_000;
/** A whole number of days, and long enough that no stored instant is near 0. */
const startsAt = 20_000 * dayMs;
const outageMs = 14 * dayMs;
const offlineMs = 60_000;

/** How long before the start (see `Result`) the first job may be filed. */
const filingLeadMs: Readonly<Record<Setup['start'], number>> = {
  click: 0,
  network: offlineMs,
  unannounced: offlineMs,
  outage: outageMs,
};
/** The stretch of time within which all jobs are filed. */
const filingSpanMs: Readonly<Record<Setup['start'], number>> = {
  click: 1_000,
  network: offlineMs,
  unannounced: offlineMs,
  outage: dayMs,
};

const neverLeft: Answer = { kind: 'no-answer', reason: 'offline', neverLeft: true };

/** Runs one setup on a virtual clock for at most `horizonMs` after the start. The same seed gives the same run. */
export function simulate(setup: Setup, seed: number, horizonMs: number): Result {
  const { clients: clientCount, jobsEach, lane, start, sharedBy, limiter } = setup;
  const wasOffline = start === 'network' || start === 'unannounced';
  const filingStartsAt = startsAt - filingLeadMs[start];
  const events = new EventQueue(filingStartsAt);
  const server = new Server(lane, limiter, start === 'outage' ? startsAt : 0);
  const drivers: Client[] = [];
  let missing = clientCount * jobsEach;
  let drainedAt = startsAt;
  let triesADay = 0;
  const sentInSecond: SlidingWindow[] = [];
  const sentInMinute: SlidingWindow[] = [];

  for (let index = 0; index < clientCount; index++) {
    const chance = randomOf(seed, index);
    const inSecond = new SlidingWindow(1_000);
    const inMinute = new SlidingWindow(60_000);
    const tries = new Map<number, number>();
    const world: World = {
      events,
      send(job, answered) {
        const now = events.now;
        if (wasOffline && now < startsAt) return events.add(now, () => answered(neverLeft));
        inSecond.add(now);
        inMinute.add(now);
        const day = Math.floor((now - filingStartsAt) / dayMs);
        tries.set(day, (tries.get(day) ?? 0) + 1);
        triesADay = Math.max(triesADay, tries.get(day) ?? 0);
        events.add(now + onTheWayMs(chance), () => {
          const answer = answers[server.answer(job.id, events.now)] ?? trouble;
          events.add(events.now + onTheWayMs(chance), () => answered(answer));
        });
      },
      delivered() {
        missing--;
        drainedAt = events.now;
      },
    };
    const client = new Client(world, chance);
    drivers.push(client);
    sentInSecond.push(inSecond);
    sentInMinute.push(inMinute);
    for (let job = 0; job < jobsEach; job++) {
      const at = filingStartsAt + Math.floor(chance() * filingSpanMs[start]);
      events.add(at, () => client.file(newJob(lane, `${index}-${job}`, at, job)));
    }
    if (start === 'network') events.add(startsAt, () => client.networkIsBack(sharedBy));
  }

  events.run(startsAt + horizonMs, () => missing === 0);
  const inPersonsHands = drivers.flatMap(({ jobs }) => jobs).filter(needsPerson).length;
  const takenTwice = [...server.taken.values()].filter(times => times > 1).length;
  const peak = (windows: SlidingWindow[]) => Math.max(...windows.map(window => window.peak));
  return {
    drainedMs: missing === 0 ? drainedAt - startsAt : null,
    refusalsPerJob: server.refused / Math.max(1, server.taken.size),
    peakInSecond: server.requestsInSecond.peak,
    peakInMinute: server.requestsInMinute.peak,
    clientPeakInSecond: peak(sentInSecond),
    clientPeakInMinute: peak(sentInMinute),
    triesADay,
    astray: inPersonsHands + takenTwice,
  };
}

/** One way of a round trip of 50 ms, give or take 20. */
function onTheWayMs(chance: () => number): number {
  return 15 + Math.round(chance() * 20);
}

const headers = { retryAfter: null, date: null };
const answered = (status: number, body: object): Answer => ({
  kind: 'answered',
  status,
  headers,
  body: JSON.stringify(body),
  bodyComplete: true,
});
const trouble = answered(503, { error: 'service unavailable' });
const answers: Readonly<Record<number, Answer>> = {
  200: answered(200, { created_ticket_number: 'ASM-1', created_history_id: 'history-1' }),
  429: answered(429, { error: 'rate limit exceeded' }),
  503: trouble,
};

function needsPerson({ state }: Job): boolean {
  return state.name !== 'queued' && state.name !== 'waiting' && state.name !== 'sending';
}

const at = '2026-01-01T00:00:00Z';
const requests: Readonly<Record<Lane, (id: string) => JobRequest>> = {
  ticket: () => ({
    kind: 'ticket',
    title: 'A ticket',
    query: 'Its text',
    customer: null,
    company: null,
    additionalProperties: {},
    originalTimestamp: at,
    images: [],
    imageUrls: [],
  }),
  reply: id => ({
    kind: 'reply',
    target: { parameter: 'id', value: id },
    content: 'A reply',
    agent: { email: 'agent@example.com', name: 'An agent' },
    originalTimestamp: at,
    files: [],
    imageUrls: [],
  }),
};

function newJob(lane: Lane, id: string, now: number, order: number): Job {
  return {
    version: 3,
    id,
    draftId: id,
    draftRevision: 1,
    createdAt: now,
    order,
    attempts: 0,
    failuresInRow: 0,
    deathsInRow: 0,
    mayHaveArrived: false,
    mayHoldEarlierText: false,
    request: requests[lane](id),
    pageUrl: null,
    passages: [],
    keepsFiles: false,
    state: { name: 'queued', since: now, isUrgent: false },
  };
}
