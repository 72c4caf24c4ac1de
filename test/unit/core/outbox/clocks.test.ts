import fc from 'fast-check';
import { expect, it } from 'vitest';
import { longestBackoffMs } from '../../../../src/core/outbox/backoff.ts';
import type { Outcome } from '../../../../src/core/outbox/classify.ts';
import type { Job } from '../../../../src/core/outbox/job.ts';
import type { Pace } from '../../../../src/core/outbox/pace.ts';
import { waits } from '../../../../src/core/outbox/plan.ts';
import { longestRetryAfterMs } from '../../../../src/core/outbox/retry-after.ts';
import { Chance } from '../../../integration/crashes/chance.ts';
import { makeReply, makeTicket } from './make-job.ts';
import { OutboxInMemory, type Reaction } from './outbox-in-memory.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const tenYearsMs = 10 * 365 * 24 * hourMs;
const sent: Outcome = { verdict: 'sent', ticketNumber: null, historyId: null };

/** Any trouble after which a job goes again by itself. */
function trouble(chance: Chance, { request }: Job): Reaction {
  const retryAfterMs = chance.isTrue(0.3) ? chance.whole(1_000, longestRetryAfterMs) : null;
  const outcomes: [Outcome, ...Outcome[]] = [
    {
      verdict: 'retry',
      failure: { kind: 'too-many-requests', retryAfterMs },
      retryAfterMs,
      mayHaveArrived: false,
    },
    { verdict: 'postpone', failure: { kind: 'unreachable' } },
  ];
  if (request.kind === 'ticket') {
    const failure = { kind: 'server-error', status: 503, detail: 'down' } as const;
    outcomes.push({ verdict: 'retry', failure, retryAfterMs, mayHaveArrived: true });
  }
  return { outcome: chance.pick(outcomes), latencyMs: chance.whole(1, 30_000) };
}

/** The longest that one of the gates was shut for. */
function longestShutMs({ outage, refusals }: Pace): number {
  return Math.max(...[outage, refusals.ticket, refusals.reply].map(({ since, until }) => until - since));
}

it('a clock that is set, once in each wait, keeps no job longer than a wait that was given, and drops none', () => {
  const kinds = fc.constantFrom<Job>(makeTicket(), makeReply('cap_x', { id: 'capr_1' }));
  fc.assert(
    fc.property(fc.integer(), kinds, (seed, job) => {
      const chance = new Chance(seed);
      let plannedAt: number | null = null;
      let lateMs = 0;
      let mostMs = longestBackoffMs + minuteMs;
      const box: OutboxInMemory = new OutboxInMemory(made => {
        if (plannedAt !== null) lateMs = Math.max(lateMs, box.passedMs - plannedAt);
        plannedAt = null;
        return trouble(chance, made);
      }, chance);
      box.add({ ...job, state: { name: 'queued', since: box.now, isUrgent: false } });

      for (let step = 0; step < 60; step += 1) {
        box.run(box.now + chance.whole(1, chance.isTrue(0.5) ? minuteMs : 2 * hourMs));
        const wait = waits(box.jobs, box.pace, box.now).get(job.id);
        if (plannedAt !== null || !wait || wait.until === null) continue;
        plannedAt = box.passedMs + wait.until - box.now;
        mostMs = Math.max(mostMs, longestShutMs(box.pace) + minuteMs);
        const range = chance.isTrue(0.5) ? 2 * hourMs : tenYearsMs;
        box.setClock(Math.max(0, box.now + chance.whole(-range, range)));
        // The worker may see it a little later.
        if (chance.isTrue(0.5)) box.sleep(chance.whole(0, minuteMs));
      }
      expect(lateMs).toBeLessThanOrEqual(mostMs);

      expect(box.jobs.length).toBe(1);
      box.server = () => ({ outcome: sent, latencyMs: 1 });
      box.run(box.now + mostMs + 3 * hourMs);
      expect(box.job(job.id).state.name).toBe('sent');
    }),
    { numRuns: 2_000 },
  );
}, 30_000);
