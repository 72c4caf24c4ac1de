import type { Failure } from '../../core/failure.ts';
import type { Answer, Outcome } from '../../core/outbox/classify.ts';
import type { Job, JobRequest } from '../../core/outbox/job.ts';
import type { Result } from '../../core/result.ts';
import type { OutboxStore } from '../../platform/privileged/outbox-store.ts';
import type { FormRequest } from '../../platform/privileged/request-body.ts';

/**
 * All that the sender touches. The worker gives it the real things; a simulation gives it a clock, a chance, a
 * network and deaths of its own.
 */
export interface SenderPorts {
  store: OutboxStore;
  clock: {
    /** Epoch ms; may jump when the clock is set. */
    now(): number;
    /** Milliseconds since an instant of no meaning; never jumps. */
    monotonic(): number;
    /** Resolves after `delayMs`, or when it is cancelled. */
    timer(delayMs: number): { done: Promise<void>; cancel(): void };
  };
  /** In [0, 1). */
  random(): number;
  newId(): string;
  /** Runs `work` while no other context of this profile does, and keeps the worker alive meanwhile. */
  exclusively(work: () => Promise<void>): Promise<void>;
  /** Asks to be woken at an instant (epoch ms) and every minute from then on; null: nothing waits. */
  scheduleWake(at: number | null): Promise<void>;
  /** Why nothing can be sent for now, or null. */
  queueHold(): Promise<Failure | null>;
  /** One try over the network. Never rejects. */
  attempt(job: Job): Promise<Tried>;
  /**
   * Null, but for the first run since the browser was started: the browsers of an office start together, so that
   * `sharedBy` clients of one key may begin that run at once.
   */
  browserStart(): Promise<{ sharedBy: number } | null>;
  /** Something that is shown has changed. */
  announce(): void;
  showPending(jobs: readonly Job[], quarantined: number): Promise<void>;
  /** Puts the records that cannot be read aside. */
  putDamagedAside(): Promise<void>;
  /** What is left to do when nothing can be sent for the moment. */
  tidyUp(): Promise<void>;
}

/** What came of a try, and the id of the key that it was made with; null when it did not get so far. */
export interface Tried {
  outcome: Outcome;
  keyId: string | null;
}

/** All that one try touches. */
export interface AttemptPorts {
  now(): number;
  isOnline(): boolean;
  readKey(): Promise<{ id: string; value: string } | null>;
  readJob(id: string): Promise<Job | null>;
  makeRequest(id: string, request: JobRequest): Promise<Result<FormRequest>>;
  /** For a ticket: the browser may repeat it. */
  send(request: FormRequest, key: string): Promise<Answer>;
  /** For a reply: it must not be carried out twice. */
  sendOnce(request: FormRequest, key: string): Promise<Answer>;
}
