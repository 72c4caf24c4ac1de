import type { Outcome } from '../../../../src/core/outbox/classify.ts';
import type { Job } from '../../../../src/core/outbox/job.ts';
import {
  idlePace,
  type Pace,
  paceAfter,
  paceAfterSharedWake,
  paceAfterStart,
  paceOnNewClock,
} from '../../../../src/core/outbox/pace.ts';
import { plan } from '../../../../src/core/outbox/plan.ts';
import { type JobEvent, transition } from '../../../../src/core/outbox/transition.ts';
import type { Chance } from '../../../integration/crashes/chance.ts';

/** What becomes of one request. */
export interface Reaction {
  outcome: Outcome;
  latencyMs: number;
}

export interface Try {
  at: number;
  job: Job;
  /** The rest of the outbox as it was when the try began. */
  others: readonly Job[];
}

/** Those that were on their way when the try began. */
export function besides({ others }: Try): Job[] {
  return others.filter(({ state }) => state.name === 'sending');
}

const runId = 'run-a';

/** The outbox of one worker that never dies, on a clock that jumps from one event to the next. */
export class OutboxInMemory {
  now = Date.UTC(2026, 0, 2);
  /** Milliseconds that have passed, whatever the clock was set to meanwhile. */
  passedMs = 0;
  pace: Pace = idlePace;
  readonly tries: Try[] = [];
  server: (job: Job, now: number) => Reaction;
  readonly #chance: Chance;
  readonly #jobs = new Map<string, Job>();
  #answers: { id: string; at: number; outcome: Outcome }[] = [];

  constructor(server: (job: Job, now: number) => Reaction, chance: Chance) {
    this.server = server;
    this.#chance = chance;
  }

  get jobs(): Job[] {
    return [...this.#jobs.values()];
  }

  job(id: string): Job {
    const job = this.#jobs.get(id);
    if (!job) throw new Error(`There is no job ${id}.`);
    return job;
  }

  add(...jobs: Job[]): void {
    for (const job of jobs) this.#jobs.set(job.id, job);
  }

  happens(id: string, event: JobEvent): void {
    this.add(transition(this.job(id), event, this.now));
  }

  networkIsBack(sharedBy: number): void {
    this.pace = paceAfterSharedWake(this.pace, sharedBy, this.now, this.#chance.next());
    for (const { id } of this.jobs) this.happens(id, { name: 'network-back' });
  }

  setClock(now: number): void {
    this.#answers = this.#answers.map(answer => ({ ...answer, at: answer.at - this.now + now }));
    this.now = now;
    this.pace = paceOnNewClock(this.pace, now);
    for (const { id } of this.jobs) this.happens(id, { name: 'clock-set' });
  }

  /** Lets time pass in which nothing is looked at. */
  sleep(ms: number): void {
    this.passedMs += ms;
    this.now += ms;
  }

  /** Goes on until `end`, epoch ms, or until only something from outside can help. */
  run(end: number): void {
    let lookedAt = this.now;
    let looks = 0;
    while (this.now < end) {
      looks = this.now > lookedAt ? 0 : looks + 1;
      lookedAt = this.now;
      if (looks > 10_000) throw new Error(`The plan goes round in circles at ${this.now}.`);
      this.#settleDue();
      const { next, wakeAt } = plan(this.jobs, this.pace, this.now);
      if (next) {
        this.#begin(next);
        continue;
      }
      const events = [...this.#answers.map(({ at }) => at), ...(wakeAt === null ? [] : [wakeAt])];
      if (events.length === 0) return;
      this.sleep(Math.min(end, ...events) - this.now);
    }
    this.#settleDue();
  }

  #begin(planned: Job): void {
    const others = this.jobs.filter(({ id }) => id !== planned.id);
    const job = transition(planned, { name: 'start', runId }, this.now);
    if (job === planned) throw new Error(`The plan names a job that is ${job.state.name}.`);
    this.add(job);
    this.pace = paceAfterStart(this.pace, job.request.kind, this.now);
    this.tries.push({ at: this.now, job, others });
    const { outcome, latencyMs } = this.server(job, this.now);
    this.#answers.push({ id: job.id, at: this.now + latencyMs, outcome });
  }

  #settleDue(): void {
    const due = this.#answers.filter(({ at }) => at <= this.now);
    this.#answers = this.#answers.filter(({ at }) => at > this.now);
    for (const { id, outcome } of due) {
      const before = this.job(id);
      const jitter = this.#chance.next();
      this.pace = paceAfter(this.pace, before, outcome, this.now, jitter);
      this.add(transition(before, { name: 'settle', runId, outcome, jitter }, this.now));
    }
  }
}
