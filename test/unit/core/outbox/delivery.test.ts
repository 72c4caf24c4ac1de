import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../src/core/failure.ts';
import type { Outcome } from '../../../../src/core/outbox/classify.ts';
import type { Job } from '../../../../src/core/outbox/job.ts';
import { needsAPerson } from '../../../../src/core/outbox/needs-a-person.ts';
import { Chance } from '../../../integration/crashes/chance.ts';
import { makeReply, makeTicket, makeTicketOf, withFiles } from './make-job.ts';
import { besides, OutboxInMemory, type Reaction, type Try } from './outbox-in-memory.ts';

const start = new OutboxInMemory(good, new Chance(0)).now;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const before = { name: 'queued', since: start - 1, isUrgent: false } as const;

const sent: Outcome = { verdict: 'sent', ticketNumber: null, historyId: null };

function good(): Reaction {
  return { outcome: sent, latencyMs: 200 };
}

function failed(failure: Failure, retryAfterMs: number | null = null): Outcome {
  return { verdict: 'retry', failure, retryAfterMs, mayHaveArrived: true };
}

const neverLeft: Outcome = { verdict: 'postpone', failure: { kind: 'unreachable' } };
const unreachable = failed({ kind: 'unreachable' });
const refused = failed({ kind: 'too-many-requests', retryAfterMs: null });
const broken = failed({ kind: 'server-error', status: 500, detail: 'no' });

function always(outcome: Outcome, latencyMs = 50): () => Reaction {
  return () => ({ outcome, latencyMs });
}

function tickets(count: number): Job[] {
  return Array.from({ length: count }, (_, n) => makeTicket({ id: `cap_${n}`, order: n, state: before }));
}

function outbox(
  seed: number,
  jobs: readonly Job[],
  server: (job: Job, now: number) => Reaction,
): OutboxInMemory {
  const box = new OutboxInMemory(server, new Chance(seed));
  box.add(...jobs);
  return box;
}

function isSent({ state }: Job): boolean {
  return state.name === 'sent';
}

const seeds = fc.integer();

describe('an outage of Assembly', () => {
  it('of a day costs at most 100 tries, beside those that were on their way when it began', () => {
    const size = fc.constantFrom(1, 7, 60);
    const latency = fc.constantFrom(1, 300, 25_000);
    fc.assert(
      fc.property(seeds, size, latency, fc.boolean(), (seed, count, latencyMs, isSudden) => {
        // It is there from the start, or comes when five requests were answered and more are on their way.
        const goodOnes = isSudden ? 5 : 0;
        const box = outbox(seed, tickets(count), () =>
          box.tries.length <= goodOnes ? { ...good(), latencyMs } : { outcome: unreachable, latencyMs },
        );
        box.run(start + dayMs);
        const inOutage = box.tries.slice(goodOnes);
        const firstFailedAt = (inOutage[0]?.at ?? 0) + latencyMs;
        const together = inOutage.filter(({ at }) => at < firstFailedAt);
        expect(together.length).toBeLessThanOrEqual(6);
        expect(inOutage.length - together.length + 1).toBeLessThanOrEqual(100);
      }),
      { numRuns: 60 },
    );
  });

  it('of 14 days loses nothing, and is over within minutes', () => {
    const backAt = start + 14 * dayMs;
    // Until the first has failed, others go beside it.
    const together = 6;
    fc.assert(
      fc.property(seeds, seed => {
        const jobs = [...tickets(20), makeReply('cap_x', { id: 'capr_1', state: before })];
        const box = outbox(seed, jobs, ({ request }, now) => {
          if (now >= backAt) return good();
          // Of a reply it has to be certain that it did not leave; else it would be a person's by now.
          return { outcome: request.kind === 'reply' ? neverLeft : unreachable, latencyMs: 300 };
        });
        for (let day = 1; day <= 14; day += 1) {
          const from = box.tries.length;
          box.run(start + day * dayMs);
          expect(box.tries.length - from).toBeLessThanOrEqual(day === 1 ? together + 100 : 100);
          const goesOn = ({ state }: Job) => ['queued', 'sending', 'waiting'].includes(state.name);
          expect(box.jobs.every(goesOn)).toBe(true);
        }
        const probes = box.tries.slice(together);
        expect(probes.every(made => besides(made).length === 0)).toBe(true);
        box.run(backAt + 20 * minuteMs);
        expect(box.jobs.every(isSent)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it('does not keep back what is pressed in it, which may fail as the others did', () => {
    const box = outbox(1, tickets(3), always(unreachable));
    box.run(start + 6 * hourMs);
    const pressedAt = box.now;
    box.add(makeTicket({ id: 'cap_new', order: 1_000, state: { ...before, since: box.now } }));
    box.run(pressedAt + 1);
    expect(box.tries.at(-1)).toMatchObject({ at: pressedAt, job: { id: 'cap_new' } });
    box.run(pressedAt + minuteMs);
    expect(box.job('cap_new').state.name).toBe('waiting');
    expect(box.tries.at(-1)).toMatchObject({ at: pressedAt, job: { id: 'cap_new' } });
    box.happens('cap_1', { name: 'send-now' });
    box.run(box.now + 1);
    expect(box.tries.at(-1)).toMatchObject({ at: pressedAt + minuteMs, job: { id: 'cap_1' } });
  });

  it('is probed by one request when the network is back, and the others follow its answer', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const box = outbox(seed, tickets(30), always(unreachable));
        box.run(start + 6 * hourMs);
        const tried = box.tries.length;
        const backAt = box.now;
        box.server = good;
        box.networkIsBack(1);
        box.run(backAt + 10_000);
        const [probe, ...others] = box.tries.slice(tried);
        const answeredAt = (probe?.at ?? 0) + good().latencyMs;
        expect((probe?.at ?? 0) - backAt).toBeLessThanOrEqual(2_000);
        expect(others.every(({ at }) => at >= answeredAt)).toBe(true);
        expect(others.some(made => besides(made).length > 2)).toBe(true);
        expect(box.jobs.every(isSent)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('is probed by one request when the network is back in vain', () => {
    const box = outbox(1, tickets(30), always(unreachable));
    box.run(start + 6 * hourMs);
    const tried = box.tries.length;
    box.networkIsBack(1);
    box.run(box.now + 10_000);
    expect(box.tries.length - tried).toBe(1);
  });
});

describe('a refusal', () => {
  it('is not overridden by what is pressed in it, but once by each "Send now"', () => {
    const box = outbox(1, tickets(3), always(refused));
    box.run(start + 6 * hourMs);
    let tried = box.tries.length;
    const until = box.pace.refusals.ticket.until;
    expect(until - box.now).toBeGreaterThan(1_000);

    box.add(makeTicket({ id: 'cap_new', order: 1_000, state: { ...before, since: box.now } }));
    box.run(box.now + 100);
    expect(box.tries.length).toBe(tried);
    for (const id of ['cap_1', 'cap_new']) {
      box.happens(id, { name: 'send-now' });
      box.run(box.now + 900);
      tried += 1;
      expect(box.tries.length).toBe(tried);
      expect(box.tries.at(-1)).toMatchObject({ job: { id } });
    }
  });

  it('of tickets does not keep a reply waiting', () => {
    const reply = makeReply('cap_x', { id: 'capr_1', order: 900, state: before });
    const box = outbox(1, [...tickets(20), reply], ({ request }) =>
      request.kind === 'ticket' ? { outcome: refused, latencyMs: 50 } : good(),
    );
    box.run(start + 2_000);
    expect(isSent(box.job('capr_1'))).toBe(true);
  });

  it('that ends lets all go, more slowly at first', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const endsAt = start + 5 * minuteMs;
        const box = outbox(seed, tickets(60), (_, now) =>
          now < endsAt ? { outcome: refused, latencyMs: 50 } : good(),
        );
        box.run(endsAt);
        const share = box.pace.limiter.ticket.share;
        expect(share).toBeLessThan(1 / 4);
        box.run(endsAt + 30 * minuteMs);
        expect(box.jobs.every(isSent)).toBe(true);
        expect(box.pace.limiter.ticket.share).toBe(1);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a job that fails for ever', () => {
  it('does not keep the others back', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(1, 20, 150), (seed, count) => {
        const poison = makeTicket({ id: 'cap_poison', order: 0, state: before });
        const box = outbox(seed, [poison, ...tickets(count)], ({ id }) =>
          id === poison.id ? { outcome: broken, latencyMs: 200 } : good(),
        );
        box.run(start + minuteMs);
        expect(box.jobs.filter(isSent).length).toBe(count);

        for (let n = 0; n < 50; n += 1) {
          box.add(makeTicket({ id: `cap_more_${n}`, order: 1_000, state: { ...before, since: box.now } }));
          box.run(box.now + 10_000);
          expect(isSent(box.job(`cap_more_${n}`))).toBe(true);
        }
        box.run(box.now + 12 * hourMs);
        expect(box.job(poison.id).state.name).toBe('waiting');
        box.server = good;
        box.run(box.now + hourMs);
        expect(isSent(box.job(poison.id))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('any outbox', () => {
  const kind = fc.constantFrom(
    'ticket',
    'ticket of Ada',
    'ticket of Grace',
    'ticket with files',
    'reply to 0',
    'reply to 1',
    'reply to x',
    'reply with files',
  );
  const jobs = fc.array(fc.tuple(kind, fc.nat({ max: 9 })), { minLength: 1, maxLength: 40 }).map(list =>
    list.map(([kind, age], n): Job => {
      const changes = { order: age, state: before };
      const ticket = { ...changes, id: `cap_${n}` };
      const reply = { ...changes, id: `capr_${n}` };
      switch (kind) {
        case 'ticket':
          return makeTicket(ticket);
        case 'ticket of Ada':
        case 'ticket of Grace':
          return makeTicketOf(`${kind.slice(10)}@example.com`, ticket);
        case 'ticket with files':
          return withFiles(makeTicket(ticket));
        case 'reply with files':
          return withFiles(makeReply('cap_y', reply));
        default:
          return makeReply(`cap_${kind.slice(9)}`, reply);
      }
    }),
  );

  /** A server that has all the trouble there is until it has done `troubles` requests, and is good then. */
  function troubled(chance: Chance, troubles: number): (job: Job) => Reaction {
    let left = troubles;
    return ({ request }) => {
      left -= 1;
      const latencyMs = Math.floor(chance.next() ** 3 * 30_000);
      if (left < 0 || chance.isTrue(0.3)) return { outcome: sent, latencyMs };
      const outcomes: [Outcome, ...Outcome[]] = [
        refused,
        failed({ kind: 'too-many-requests', retryAfterMs: 20_000 }, 20_000),
        neverLeft,
        { verdict: 'postpone', failure: { kind: 'offline' } },
        { verdict: 'attention', failure: { kind: 'rejected', status: 422, detail: '' } },
        request.kind === 'reply'
          ? { verdict: 'unknown', failure: { kind: 'timed-out' } }
          : failed({ kind: 'server-error', status: 503, detail: 'down' }, 5_000),
        request.kind === 'reply' ? neverLeft : unreachable,
      ];
      return { outcome: chance.pick(outcomes), latencyMs };
    };
  }

  const fileCount = ({ request }: Job) => (request.kind === 'ticket' ? request.images : request.files).length;
  const customer = ({ request }: Job) => (request.kind === 'ticket' ? request.customer?.email : undefined);
  const target = ({ request }: Job) => (request.kind === 'reply' ? request.target.value : undefined);

  function check(made: Try): void {
    const { job, others } = made;
    const onTheirWay = besides(made);
    expect(onTheirWay.length).toBeLessThan(6);
    if (fileCount(job) > 0) expect(onTheirWay.filter(other => fileCount(other) > 0).length).toBeLessThan(2);
    if (customer(job) !== undefined) expect(onTheirWay.map(customer)).not.toContain(customer(job));
    if (target(job) === undefined) return;
    expect(onTheirWay.map(target)).not.toContain(target(job));
    expect(others.filter(({ id }) => id === target(job)).every(isSent)).toBe(true);
    const isOvertaken = (other: Job) =>
      target(other) === target(job) && other.order < job.order && !isSent(other);
    // One that waits for the person does not keep the later ones waiting.
    expect(others.filter(isOvertaken).every(needsAPerson)).toBe(true);
  }

  it('is delivered in the end, each job once, replies in order and after their ticket', () => {
    fc.assert(
      fc.property(seeds, jobs, fc.nat({ max: 60 }), (seed, jobs, troubles) => {
        const box = outbox(seed, jobs, troubled(new Chance(seed + 1), troubles));
        // The person looks now and then at what needs them, and sends it again.
        for (let look = 0; look <= troubles; look += 1) {
          box.run(box.now + 12 * hourMs);
          for (const job of box.jobs) if (needsAPerson(job)) box.happens(job.id, { name: 'send-now' });
        }
        expect(box.jobs.filter(job => !isSent(job))).toEqual([]);
        for (const made of box.tries) check(made);
        const lastTries = new Map(box.tries.map(({ job }, n) => [job.id, n]));
        for (const [n, { others }] of box.tries.entries()) {
          for (const other of others) if (isSent(other)) expect(lastTries.get(other.id)).toBeLessThan(n);
        }
      }),
      { numRuns: 100 },
    );
  });
});
