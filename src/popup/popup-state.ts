import type { CaptureProgress, FiledTicket, JobView, OutboxCounts } from '../contract/views.ts';
import type { Draft } from '../core/draft.ts';
import type { DraftProblem, Failure } from '../core/failure.ts';
import type { DraftSecret } from '../core/redaction/secrets-in-draft.ts';
import type { DraftSession } from './draft-session.ts';

/** Everything that the popup shows. */
export interface PopupState extends AroundDraft {
  draft: Draft;
}

/** What stands around the draft. */
export interface AroundDraft {
  hasKey: boolean;
  outbox: OutboxCounts;
  filed: FiledTicket | null;
  draftsAside: number;
  /** The job that the status line speaks of. */
  job: JobView | null;
  /** What is wrong with the fields, after a press of Send. */
  problems: DraftProblem[];
  failures: Failure[];
  /** A short word in the status line that nothing else says. */
  word: string;
  isCapturing: boolean;
  /** How far the capture is that runs, wherever it was started; null when none does. */
  capture: CaptureProgress | null;
  /** What was found and nobody has decided about; asked about when Send was pressed. */
  unmasked: DraftSecret[] | null;
}

/** How it goes with the first look at what is stored, before which there is nothing to show. */
export interface Opening {
  /** Why the last look failed. */
  failure: Failure | null;
  /** Another look is under way, with all that comes after it. */
  isTrying: boolean;
  /** When a further look failed, epoch ms. */
  failedAgainAt: number | null;
}

/**
 * What the popup knows, for all that works on it. It is read as it is now, not as it was drawn last: news may come between a change and
 * its drawing.
 */
export interface PopupStore {
  /** Null until the first look has succeeded. */
  session: DraftSession | null;
  /** Why the last words that could not be stored were not. */
  unsavedBecause: Failure | null;
  readonly around: Readonly<AroundDraft>;
  readonly opening: Readonly<Opening>;
  /** The id of the draft that is shown; empty while there is none. */
  draftId(): string;
  set(changes: Partial<AroundDraft>): void;
  setOpening(changes: Partial<Opening>): void;
  /** Shows a failure, once however often it comes. */
  report(failure: Failure): void;
}

/** `redraw` is called after each change. */
export function createPopupStore(redraw: () => void): PopupStore {
  let around: AroundDraft = {
    hasKey: true,
    outbox: { waiting: 0, needsPerson: 0 },
    filed: null,
    draftsAside: 0,
    job: null,
    problems: [],
    failures: [],
    word: '',
    isCapturing: false,
    capture: null,
    unmasked: null,
  };
  let opening: Opening = { failure: null, isTrying: false, failedAgainAt: null };

  const store: PopupStore = {
    session: null,
    unsavedBecause: null,
    get around() {
      return around;
    },
    get opening() {
      return opening;
    },
    draftId: () => store.session?.shown().id ?? '',
    set(changes) {
      around = { ...around, ...changes };
      redraw();
    },
    setOpening(changes) {
      opening = { ...opening, ...changes };
      redraw();
    },
    report(failure) {
      const others = around.failures.filter(other => !isSame(other, failure));
      store.set({ word: '', failures: [...others, failure] });
    },
  };
  return store;
}

function isSame(a: Failure, b: Failure): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
