/** What a job that could be sent waits for. */
export type WaitReason =
  /** Nothing: it goes as soon as the outbox looks at it. */
  | 'none'
  /** Its own back-off after a failed try. */
  | 'back-off'
  /** Assembly is out of reach, or in trouble. */
  | 'outage'
  /** Assembly takes no more requests for the moment. */
  | 'refusal'
  /** A slot of the limiter, or the end of other requests that are on their way. */
  | 'slot'
  /** An older reply to the same ticket. */
  | 'earlier-reply'
  /** The ticket that it replies to. */
  | 'own-ticket'
  /** Another first ticket of the same customer: two at once could create the customer twice. */
  | 'same-customer';

/** What holds a job back, and until when (epoch ms); null when no time says, only another job's end. */
export interface Wait {
  reason: WaitReason;
  until: number | null;
}

/** Reasons that may take long: the person can go on with something else, or decide otherwise. */
const longReasons: readonly WaitReason[] = ['back-off', 'outage', 'refusal', 'earlier-reply', 'own-ticket'];

export function mayTakeLong(wait: Wait | null): boolean {
  return wait !== null && longReasons.includes(wait.reason);
}
