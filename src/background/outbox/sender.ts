import type { Failure } from '../../core/failure.ts';
import { type Pace, paceAfterLookup, paceAfterSharedWake } from '../../core/outbox/pace.ts';
import { ClockWatch } from './clock-watch.ts';
import { News } from './news.ts';
import type { SenderPorts } from './ports.ts';
import { Run } from './run.ts';

// While anything waits, an alarm stands by for the case that this worker dies in the middle.
const guardMs = 60_000;

export interface Sender {
  /**
   * Sends what is due until nothing can be sent for the moment; then arms the wake-up. Any number of callers may
   * ask: one run works, at most one more waits for its turn, and it looks at everything anew.
   */
  run(): Promise<void>;
  /** To be awaited when a job was stored: then no death of the worker leaves it asleep. */
  armGuard(): Promise<void>;
  /** The network is back for `sharedBy` clients: what could not reach Assembly need not sit out its wait. */
  networkIsBack(sharedBy: number): Promise<void>;
  /** A lookup that began at `startedAt` was told that there are too many requests: that holds for tickets as well. */
  slowDown(startedAt: number, failure: Failure): Promise<void>;
}

export function createSender(ports: SenderPorts): Sender {
  const { store, clock, random } = ports;
  // Worth something only while this worker lives: what it forgets by dying, the next one derives from storage.
  const news = new News();
  const clockWatch = new ClockWatch(clock);
  let waitingRun: Promise<void> | null = null;

  function run(): Promise<void> {
    news.outboxChanged();
    waitingRun ??= ports
      .exclusively(async () => {
        waitingRun = null;
        // The storage may fail at any step; what is stored is whole, and a later run goes on from there.
        const isOver = await sendAll().catch(() => armGuard().catch(() => {}));
        if (isOver === false) void run();
      })
      .catch(() => {
        // The browser gives no lock as it goes down.
        waitingRun = null;
      });
    return waitingRun;
  }

  function armGuard(): Promise<void> {
    return ports.scheduleWake(clock.now() + guardMs);
  }

  /** The run that is on must know of it before the alarm is there: it may be about to clear it. */
  function noteAndGuard(): Promise<void> {
    news.outboxChanged();
    return armGuard();
  }

  async function networkIsBack(sharedBy: number): Promise<void> {
    const now = clock.now();
    const jitter = random();
    await store.changePace(pace => paceAfterSharedWake(pace, sharedBy, now, jitter));
    if (await store.changePendingJobs({ name: 'network-back' }, now)) ports.announce();
    await run();
  }

  async function slowDown(startedAt: number, failure: Failure): Promise<void> {
    const now = clock.now();
    const jitter = random();
    await store.changePace(pace => paceAfterLookup(pace, startedAt, failure, now, jitter));
    // A run that is on knows the pace from before.
    void run();
  }

  /** False when there was more to do than one run may. */
  async function sendAll(): Promise<boolean> {
    const runId = ports.newId();
    const started = await ports.browserStart();
    const now = clock.now();
    const jitter = random();
    // checkpoint: drain.start
    const adjust = (stored: Pace) =>
      started ? paceAfterSharedWake(stored, started.sharedBy, now, jitter) : stored;
    const takeover = { runId, browserEnded: started !== null, adjust };
    const { pace, recovered } = await store.takeOver(takeover, now, random());
    // checkpoint: drain.recovered
    if (recovered) ports.announce();
    const isAnotherWaiting = () => waitingRun !== null;
    return new Run(ports, { runId, pace, news, clockWatch, armGuard, isAnotherWaiting }).finish();
  }

  return { run, armGuard: noteAndGuard, networkIsBack, slowDown };
}
