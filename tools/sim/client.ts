import { longestAloneMs, longestRunMs, longestTimerMs } from '../../src/background/outbox/run.ts';
import { type Answer, classify } from '../../src/core/outbox/classify.ts';
import type { Job } from '../../src/core/outbox/job.ts';
import {
  idlePace,
  type Pace,
  paceAfter,
  paceAfterSharedWake,
  paceAfterStart,
  paceOnNewClock,
} from '../../src/core/outbox/pace.ts';
import { plan } from '../../src/core/outbox/plan.ts';
import { transition } from '../../src/core/outbox/transition.ts';
import type { EventQueue } from './event-queue.ts';

// Chrome rounds an alarm up to this.
const shortestAlarmMs = 30_000;

/** What a client has of the world. */
export interface World {
  events: EventQueue;
  /** One request over the network. */
  send(job: Job, answered: (answer: Answer) => void): void;
  /** A job was delivered. */
  delivered(): void;
}

/** One outbox: the real core, driven in the way of the worker's run, with nothing stored. */
export class Client {
  readonly #world: World;
  readonly #random: () => number;
  readonly #jobs: Job[] = [];
  #pace: Pace = idlePace;
  #runId = '';
  #runs = 0;
  #runEndsAt = Number.NEGATIVE_INFINITY;
  #isNewWorker = true;
  /** Until when the first request of a run goes alone; it ends with the first success, too. */
  #aloneUntil = Number.POSITIVE_INFINITY;
  #sending = 0;
  /** Somebody asked for a run: the present one makes room for it once it rests. */
  #isAsked = false;
  #wakeAt: number | null = null;

  constructor(world: World, random: () => number) {
    this.#world = world;
    this.#random = random;
  }

  /** What is not delivered. */
  get jobs(): readonly Job[] {
    return this.#jobs;
  }

  /** The person presses Send. */
  file(job: Job): void {
    this.#jobs.push(job);
    this.#isAsked = true;
    this.#look();
  }

  networkIsBack(sharedBy: number): void {
    const { now } = this.#world.events;
    this.#pace = paceAfterSharedWake(this.#pace, sharedBy, now, this.#random());
    for (const job of [...this.#jobs]) this.#replace(transition(job, { name: 'network-back' }, now));
    this.#isAsked = true;
    this.#look();
  }

  /** Begins what is due, until nothing is; then sets the alarm. */
  #look(): void {
    const { now } = this.#world.events;
    if (now >= this.#runEndsAt && this.#sending === 0) this.#beginRun(now);
    while (now < this.#runEndsAt) {
      const { next, wakeAt } = plan(this.#jobs, this.#pace, now, now < this.#aloneUntil ? 1 : undefined);
      if (next) this.#begin(next, now);
      else if (this.#isAsked && this.#sending === 0) this.#beginRun(now);
      else {
        this.#sleepUntil(wakeAt, now);
        break;
      }
    }
  }

  #beginRun(now: number): void {
    this.#runId = `run-${this.#runs++}`;
    this.#runEndsAt = now + longestRunMs;
    this.#aloneUntil = Number.POSITIVE_INFINITY;
    this.#isAsked = false;
    if (this.#isNewWorker) this.#pace = paceOnNewClock(this.#pace, now);
    this.#isNewWorker = false;
  }

  #sleepUntil(wakeAt: number | null, now: number): void {
    this.#wakeAt = null;
    const isLong = wakeAt === null || wakeAt - now > longestTimerMs;
    // What is too long for a timer is left to the alarm, which starts a new worker.
    if (isLong && this.#sending === 0) {
      this.#runEndsAt = now;
      this.#isNewWorker = true;
    }
    if (wakeAt === null) return;
    const at = isLong ? Math.max(wakeAt, now + shortestAlarmMs) : wakeAt;
    this.#wakeAt = at;
    this.#world.events.add(at, () => {
      // Another wake-up came first, and set another alarm.
      if (this.#wakeAt === at) this.#look();
    });
  }

  #begin(next: Job, now: number): void {
    const runId = this.#runId;
    this.#aloneUntil = Math.min(this.#aloneUntil, now + longestAloneMs);
    const job = transition(next, { name: 'start', runId }, now);
    this.#pace = paceAfterStart(this.#pace, job.request.kind, now);
    this.#replace(job);
    this.#sending++;
    this.#world.send(job, answer => {
      this.#sending--;
      this.#settle(job, runId, answer);
      this.#look();
    });
  }

  #settle(job: Job, runId: string, answer: Answer): void {
    const { now } = this.#world.events;
    const jitter = this.#random();
    const outcome = classify({ kind: job.request.kind, attempts: job.attempts }, answer, now);
    if (outcome.verdict === 'sent') this.#aloneUntil = now;
    this.#pace = paceAfter(this.#pace, job, outcome, now, jitter);
    this.#replace(transition(job, { name: 'settle', runId, outcome, jitter }, now));
  }

  #replace(job: Job): void {
    const index = this.#jobs.findIndex(({ id }) => id === job.id);
    if (job.state.name !== 'sent') this.#jobs[index] = job;
    else {
      this.#jobs.splice(index, 1);
      this.#world.delivered();
    }
  }
}
