import type { Job } from '../../core/outbox/job.ts';
import { type Pace, paceOnNewClock } from '../../core/outbox/pace.ts';
import { plan, waits } from '../../core/outbox/plan.ts';
import type { JobEvent } from '../../core/outbox/transition.ts';
import { mayTakeLong } from '../../core/outbox/wait.ts';
import type { TryStep } from '../../platform/privileged/outbox-store.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { News } from './news.ts';
import type { SenderPorts } from './ports.ts';

// Short waits (the limiter's slots, the first back-offs) are spent in the worker; longer ones by the alarm,
// because a timer does not survive the worker. Chrome rounds an alarm up to 30 s: were any shorter wait left to it,
// clients whose waits were drawn apart would wake together.
export const longestTimerMs = 30_000;

// A run's first request goes alone: with a key that is refused it is the only one. A large or slow one must not hold
// up the others, though.
export const longestAloneMs = 2_000;

const guardRenewalMs = 30_000;

// A run that lasts longer hands over to the next one, so that whoever waits for its end, an event that Chrome
// gives five minutes to, is answered in between.
export const longestRunMs = 60_000;

interface RunContext {
  /** Names this run in the jobs that it starts. */
  runId: string;
  pace: Pace;
  news: News;
  clockWatch: ClockWatch;
  armGuard(): Promise<void>;
  isAnotherWaiting(): boolean;
}

/** One drain of the outbox: sends what is due, several jobs at a time, until nothing can be sent for the moment. */
export class Run {
  readonly #ports: SenderPorts;
  readonly #context: RunContext;
  readonly #tries = new Map<string, { startedAt: number; done: Promise<void> }>();
  readonly #endsAt: number;
  #guardedAt = Number.NEGATIVE_INFINITY;
  // What is stored, as this run knows it. Every step is checked against the storage again as it is stored.
  #jobs: Job[] = [];
  /** The jobs whose drafts have made room. */
  readonly #released = new Set<string>();
  #quarantined = 0;
  #pace: Pace;
  #isAnswered = false;
  /** Until when the first request goes alone, by the monotonic clock. */
  #aloneUntil = Number.POSITIVE_INFINITY;
  /** Another run took over, or everything was erased: the next run has to take over anew. */
  #isFencedOff = false;
  /** Why the storage no longer takes what came of a try. */
  #trouble: { cause: unknown } | null = null;

  constructor(ports: SenderPorts, context: RunContext) {
    this.#ports = ports;
    this.#context = context;
    this.#pace = context.pace;
    this.#endsAt = ports.clock.monotonic() + longestRunMs;
    context.news.outboxChanged();
  }

  /** Resolves when nothing can be sent for the moment; false when only the time of one run was up. */
  async finish(): Promise<boolean> {
    try {
      while (await this.#goOn());
    } finally {
      // They go on all the same; another run would take them for lost.
      await Promise.all([...this.#tries.values()].map(({ done }) => done));
    }
    if (this.#trouble) throw this.#trouble.cause;
    // checkpoint: sweep.before
    await this.#ports.tidyUp();
    return !this.#isTimeUp() && !this.#isFencedOff;
  }

  /** One look at what there is, and the next step that follows from it. False when there is none for now. */
  async #goOn(): Promise<boolean> {
    if (this.#trouble) throw this.#trouble.cause;
    if (this.#isFencedOff) return false;
    const { clock, ...ports } = this.#ports;
    const { news, isAnotherWaiting } = this.#context;
    news.beginLook();
    if (news.takeOutboxChanged()) await this.#read();
    const hold = await ports.queueHold();
    await this.#change(hold ? { name: 'queue-paused', failure: hold } : { name: 'queue-resumed' });
    await ports.showPending(this.#jobs, this.#quarantined);
    await this.#checkClock();

    const now = clock.now();
    // A job that was filed after the hold was put on the others is held too.
    const { next, wakeAt } = plan(hold ? [] : this.#jobs, this.#pace, now, this.#goesAlone() ? 1 : undefined);
    const isOver = this.#isTimeUp() || isAnotherWaiting();
    // A try that takes long must not keep the others from their turn until the next run.
    if (next && (!this.#isTimeUp() || this.#hasLongTry())) {
      await this.#begin(next);
      return true;
    }
    if (!next) await this.#makeRoom(now);
    // A try has ended, or somebody pressed Send: what was planned is old.
    if (news.hasHappened && !isOver) return true;
    if (this.#tries.size > 0) {
      await this.#guard();
      await this.#sleepUntil(next ? null : wakeAt);
      return true;
    }
    // Who asked while this run looked finds the run that waits for its turn, which looks anew.
    if (!isOver && wakeAt !== null && wakeAt - now <= longestTimerMs) {
      await this.#guard();
      await this.#sleepUntil(wakeAt);
      return true;
    }
    // checkpoint: wake.before-alarm
    // Another run follows; the alarm is for the case that it never comes.
    if (isOver || news.hasHappened) await this.#context.armGuard();
    else await ports.scheduleWake(wakeAt);
    return false;
  }

  /** A draft whose job is held back for long must not stand in the way of the next one. */
  async #makeRoom(now: number): Promise<void> {
    const all = waits(this.#jobs, this.#pace, now);
    for (const { id, state } of this.#jobs) {
      if (state.name !== 'queued' || this.#released.has(id) || !mayTakeLong(all.get(id) ?? null)) continue;
      this.#released.add(id);
      await this.#ports.store.makeRoom(id);
      this.#ports.announce();
    }
  }

  async #read(): Promise<void> {
    const { store, putDamagedAside, announce } = this.#ports;
    let pending = await store.pendingJobs();
    if (pending.damaged > 0) {
      await putDamagedAside();
      announce();
      pending = await store.pendingJobs();
    }
    this.#jobs = pending.jobs;
    this.#quarantined = pending.quarantined;
    // Whoever changed the outbox may have changed the pace too: a shared wake-up is spread.
    this.#pace = await store.readPace();
  }

  /** Lets an event happen to all jobs. Asked before each send, and nearly always for nothing: that costs no write. */
  async #change(event: Extract<JobEvent, { name: 'queue-paused' | 'queue-resumed' }>): Promise<void> {
    const states = event.name === 'queue-paused' ? ['queued', 'waiting'] : ['paused'];
    if (!this.#jobs.some(({ state }) => states.includes(state.name))) return;
    const { store, clock, announce } = this.#ports;
    if (await store.changePendingJobs(event, clock.now())) announce();
    await this.#read();
  }

  async #checkClock(): Promise<void> {
    const { clock, store } = this.#ports;
    if (!this.#context.clockWatch.hasJumped()) return;
    this.#pace = await store.changePace(pace => paceOnNewClock(pace, clock.now()));
    if (await store.changePendingJobs({ name: 'clock-set' }, clock.now())) await this.#read();
  }

  async #begin(planned: Job): Promise<void> {
    await this.#guard();
    const { store, clock } = this.#ports;
    const begun = await store.beginTry(planned, this.#context.runId, clock.now());
    if (!begun) {
      this.#isFencedOff = !(await store.isSender(this.#context.runId));
      // It may be the person's now.
      this.#ports.announce();
      return this.#context.news.outboxChanged();
    }
    this.#took(begun);
    this.#aloneUntil = Math.min(this.#aloneUntil, clock.monotonic() + longestAloneMs);
    const done = this.#try(begun.job)
      .catch((cause: unknown) => {
        this.#trouble = { cause };
      })
      .finally(() => {
        this.#tries.delete(begun.job.id);
        this.#context.news.happened();
      });
    this.#tries.set(begun.job.id, { startedAt: clock.monotonic(), done });
  }

  async #try(job: Job): Promise<void> {
    const { attempt, store, clock, random } = this.#ports;
    const { runId, news } = this.#context;
    // checkpoint: send.after-begin
    const { outcome, keyId } = await attempt(job);
    if (outcome.verdict === 'sent') this.#isAnswered = true;
    const settled = await store.settleTry({ id: job.id, runId, outcome, keyId }, clock.now(), random());
    // checkpoint: settle.after-commit
    if (settled) this.#took(settled);
    // A delivered ticket may have put the reply that waited for it into the outbox.
    if (!settled || (job.request.kind === 'ticket' && job.request.followUp)) news.outboxChanged();
  }

  /** What a step of a try made of the job and of the pace. */
  #took({ job, pace }: TryStep): void {
    this.#pace = pace;
    const others = this.#jobs.filter(({ id }) => id !== job.id);
    this.#jobs = job.state.name === 'sent' ? others : [...others, job];
    this.#ports.announce();
  }

  async #guard(): Promise<void> {
    const now = this.#ports.clock.monotonic();
    if (now - this.#guardedAt < guardRenewalMs) return;
    this.#guardedAt = now;
    await this.#context.armGuard();
  }

  /** Ends early when a try ends, or something new is to be sent. */
  async #sleepUntil(at: number | null): Promise<void> {
    const { clock } = this.#ports;
    const aloneMs = this.#goesAlone() ? this.#aloneUntil - clock.monotonic() : longestTimerMs;
    const delayMs = Math.max(
      0,
      Math.min(longestTimerMs, aloneMs, (at ?? Number.POSITIVE_INFINITY) - clock.now()),
    );
    await this.#context.news.sleep(() => clock.timer(delayMs));
  }

  #hasLongTry(): boolean {
    const now = this.#ports.clock.monotonic();
    return [...this.#tries.values()].some(({ startedAt }) => now - startedAt > longestTimerMs);
  }

  #goesAlone(): boolean {
    return !this.#isAnswered && this.#ports.clock.monotonic() < this.#aloneUntil;
  }

  #isTimeUp(): boolean {
    return this.#ports.clock.monotonic() >= this.#endsAt;
  }
}
