/**
 * What has gone through the outbox since it was made, counted in the same transactions. Each job that came in is
 * either still on record, whatever its state, or the person took it out:
 * `enqueued = jobs on record + jobs in quarantine + withdrawn + discarded`.
 */
export interface Ledger {
  enqueued: number;
  /** Turned back into a draft, or sent anew from it. */
  withdrawn: number;
  discarded: number;
}

export const emptyLedger: Ledger = { enqueued: 0, withdrawn: 0, discarded: 0 };
