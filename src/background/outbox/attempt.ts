import { classify, type Outcome } from '../../core/outbox/classify.ts';
import type { Job } from '../../core/outbox/job.ts';
import { isOwnFreshTicket } from '../../core/outbox/own-ticket.ts';
import { failureFromError } from '../../platform/failure-from-error.ts';
import type { FormRequest } from '../../platform/privileged/request-body.ts';
import type { AttemptPorts, Tried } from './ports.ts';

/** One try of a job. What stops it before the network is an outcome too, and is never taken for a lost answer. */
export async function attempt(job: Job, ports: AttemptPorts): Promise<Tried> {
  const before = await prepare(job, ports).catch(
    (cause: unknown): Stopped => ({ verdict: 'postpone', failure: failureFromError(cause) }),
  );
  if ('verdict' in before) return { outcome: before, keyId: null };
  const { request, key, target } = before;
  const send = job.request.kind === 'reply' ? ports.sendOnce : ports.send;
  // checkpoint: send.before-fetch
  const answer = ports.isOnline()
    ? await send(request, key.value)
    : ({ kind: 'no-answer', reason: 'offline', neverLeft: true } as const);
  // checkpoint: send.answered
  const now = ports.now();
  const ownFreshTicket = isOwnFreshTicket(job, target ? [target] : [], now);
  const outcome = classify({ kind: job.request.kind, attempts: job.attempts, ownFreshTicket }, answer, now);
  return { outcome, keyId: key.id };
}

type Stopped = Outcome & { verdict: 'postpone' | 'attention' | 'pause-queue' };

interface Prepared {
  request: FormRequest;
  key: { id: string; value: string };
  /** The ticket of this outbox that a reply is for. */
  target: Job | null;
}

/** Reads all that the try needs: once the answer has come, nothing may fail before it is stored. */
async function prepare({ id, request }: Job, ports: AttemptPorts): Promise<Prepared | Stopped> {
  const key = await ports.readKey();
  if (key === null) return { verdict: 'pause-queue', failure: { kind: 'no-key' } };
  const made = await ports.makeRequest(id, request);
  if (!made.ok) return { verdict: 'attention', failure: made.failure };
  // checkpoint: send.body-built
  const target = request.kind === 'reply' ? await ports.readJob(request.target.value) : null;
  return { request: made.value, key, target };
}
