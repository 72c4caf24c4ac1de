import { useEffect, useRef, useState } from 'preact/hooks';
import type { CaptureProgress, FiledTicket, JobView, OutboxCounts, PopupView } from '../contract/views.ts';
import {
  appendToBody,
  type Draft,
  type DraftEdits,
  isUntouched,
  pictureWay,
  sentPicture,
} from '../core/draft.ts';
import type { DraftProblem, Failure } from '../core/failure.ts';
import type { DraftSecret } from '../core/redaction/secrets-in-draft.ts';
import { undecidedSecrets } from '../core/redaction/undecided-secrets.ts';
import type { Result } from '../core/result.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { readSettings } from '../platform/settings-store.ts';
import { currentWindowId } from '../platform/tabs.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import { useNetworkBack } from '../ui/hooks/use-network-back.ts';
import { type AttachmentActions, createAttachmentActions } from './attachment-actions.ts';
import { createCaptures } from './captures.ts';
import { createDraftSession, type DraftSession } from './draft-session.ts';
import { isArmed } from './is-armed.ts';
import { isOnItsWay } from './job-status.ts';

/** Everything that the popup shows. */
export interface PopupState {
  draft: Draft;
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

export interface PopupActions {
  edit(edits: DraftEdits): void;
  /** With a delay the popup closes, so that the page can be prepared, and comes back with the picture. */
  addPicture(kind: 'visible-area' | 'full-page', delaySeconds: number): void;
  /** The popup closes, so that a part of the page can be picked, and comes back with the picture. */
  pick(kind: 'region' | 'element', delaySeconds: number): void;
  cancelCapture(): void;
  addSelection(): void;
  attachments: AttachmentActions;
  /** Masks what was found, or says that it may leave; by the keys of `DraftSecret`. */
  mask(keys: string[]): void;
  keep(keys: string[]): void;
  /** The answer to what is unmasked: what to do with it before the draft is sent; null sends nothing. */
  answerUnmasked(answer: 'mask' | 'keep' | null): void;
  submit(): void;
  startOver(): void;
  /** Asks for a change of the draft that is shown, with what is typed stored first, and says `word` when it is done. */
  change(ask: (draftId: string) => Promise<Result<Draft>>, word?: string): Promise<boolean>;
  /** The same for another draft in the place of the one that is shown, whose words have to be stored then. */
  leave(ask: (draftId: string) => Promise<Result<Draft>>, word: string): Promise<boolean>;
  keySaved(): void;
  dismiss(failure: Failure): void;
  /** Reads the job of the status line once more. */
  lookAgain(): void;
  /** Looks at what is stored once more, after that failed. */
  openAgain(): void;
  /** Puts what was typed while nothing was stored into the draft, below what it holds, and says `word`. */
  takeOver(title: string, body: string, word: string): void;
}

/** The popup's state, null while it is opening, and what its buttons do. */
export function usePopup(): { state: PopupState | null; opening: Opening; actions: PopupActions } {
  const session = useRef<DraftSession | null>(null);
  // Captures and files that were asked for and are not in the draft yet: Send waits for them.
  const running = useRef(new Set<Promise<unknown>>());
  const lastTurn = useRef<Promise<unknown>>(Promise.resolve());
  /** Why the last words that could not be stored were not. */
  const unsavedBecause = useRef<Failure | null>(null);
  const [, redraw] = useState(0);
  const [rest, setRest] = useState<Omit<PopupState, 'draft'>>({
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
  });
  const [opening, setOpening] = useState<Opening>({ failure: null, isTrying: false, failedAgainAt: null });
  const set = (changes: Partial<Omit<PopupState, 'draft'>>) => setRest(before => ({ ...before, ...changes }));
  const report = (failure: Failure) =>
    setRest(before => ({
      ...before,
      word: '',
      failures: [...before.failures.filter(other => !isSame(other, failure)), failure],
    }));

  const shownId = () => session.current?.shown().id ?? '';

  /** After what was asked for before, so that files come and move in the order of the presses. */
  function inTurn(work: () => Promise<unknown>): void {
    lastTurn.current = lastTurn.current.then(work, work);
    run(lastTurn.current);
  }

  function run(work: Promise<unknown>): void {
    running.current.add(work);
    void work.finally(() => running.current.delete(work));
  }

  function show(view: PopupView) {
    const before = session.current?.shown().id;
    if (session.current) session.current.adopt(view.draft);
    else {
      session.current = createDraftSession(
        view.draft,
        input => send('draft.edit', input),
        () => redraw(count => count + 1),
        failure => {
          unsavedBecause.current = failure;
          report(failure);
        },
      );
    }
    // A job of another draft (just sent, or queued) keeps the status line until the next thing happens.
    const { hasKey, outbox, capture, job, filed, draftsAside } = view;
    setRest(rest => ({
      ...rest,
      hasKey,
      outbox,
      capture,
      // With the first look or not at all: it would push away the fields that somebody is about to press.
      filed: before === undefined || (rest.filed && before === view.draft.id) ? filed : null,
      draftsAside,
      job: job ?? rest.job,
    }));
    for (const notice of view.notices) report(notice);
  }

  async function open() {
    const windowId = await currentWindowId();
    const opened = await send('popup.open', { windowId });
    if (!opened.ok) {
      if (session.current) report(opened.failure);
      else setOpening(before => ({ ...before, failure: opened.failure }));
      return;
    }
    show(opened.value);
    if (opened.value.readSelection) {
      const read = await send('capture.selection', { windowId, draftId: shownId(), onlyIfNew: true });
      if (read.ok && read.value.failure?.kind === 'no-selection') session.current?.adopt(read.value.draft);
      else captures.captured(read, '');
    }
  }

  async function openAgain() {
    setOpening(before => ({ ...before, isTrying: true }));
    await open();
    setOpening(before => ({ ...before, isTrying: false, failedAgainAt: Date.now() }));
  }

  async function readAgain() {
    // What is typed is stored first, so that the answer holds it.
    await session.current?.flush();
    const view = await send('draft.read', { windowId: await currentWindowId() });
    if (view.ok) show(view.value);
  }

  const captures = createCaptures({
    draftSession: () => session.current,
    show: set,
    report,
    draftId: shownId,
  });

  async function answerUnmasked(answer: 'mask' | 'keep' | null) {
    const keys = [...new Set(rest.unmasked?.map(({ key }) => key))];
    set({ unmasked: null });
    if (answer === null) return;
    const name = answer === 'mask' ? 'draft.mask' : 'draft.keep';
    if (await changeDraft(draftId => send(name, { draftId, keys }), '')) await submit();
  }

  async function changeDraft(ask: (draftId: string) => Promise<Result<Draft>>, word: string) {
    await session.current?.flush();
    const changed = await ask(shownId());
    if (changed.ok) {
      session.current?.adopt(changed.value);
      set({ word, problems: [] });
    } else report(changed.failure);
    return changed.ok;
  }

  /** With the draft that is left go its words that are not stored; a draft that is gone has nowhere to store them. */
  async function leaveDraft(ask: (draftId: string) => Promise<Result<Draft>>, word: string) {
    const isStored = await session.current?.flush();
    if (isStored === false && unsavedBecause.current?.kind !== 'draft-changed') return false;
    set({ job: null, problems: [], failures: [] });
    return changeDraft(ask, word);
  }

  function startOver() {
    const shown = session.current?.shown();
    const isKept = shown !== undefined && !isUntouched(shown);
    const isOfJob = shown !== undefined && rest.job?.draftId === shown.id;
    const kept = text(isOfJob ? 'statusKeptInActivity' : 'statusPutAside');
    void leaveDraft(
      draftId => send('draft.startOver', { draftId }),
      isKept ? kept : text('statusStartedOver'),
    );
  }

  async function submit() {
    if (!isArmed() || !session.current) return;
    await Promise.allSettled(running.current);
    if (!(await session.current.flush())) return;
    const { kind, attachments } = session.current.shown();
    const isReady = attachments.every(
      other => other.kind !== 'image' || sentPicture(other, pictureWay(kind, other)) !== null,
    );
    if (!isReady) set({ word: text('statusPreparing') });
    const sent = await send('draft.send', { draftId: shownId() });
    if (sent.ok) {
      set({ job: sent.value, problems: [], failures: [], word: '' });
      // What became of it before it was shown here has been told already.
      void followJob(sent.value.id);
      // Held open until the outbox rests, so that the worker lives while this popup does.
      await send('outbox.run', {});
    } else if (sent.failure.kind === 'draft-incomplete') set({ problems: sent.failure.problems, word: '' });
    else if (sent.failure.kind === 'unmasked-secrets') {
      const { redaction } = await readSettings();
      set({ unmasked: undecidedSecrets(session.current.shown(), redaction), word: '' });
    } else report(sent.failure);
  }

  async function followJob(jobId: string) {
    const read = await send('job.read', { jobId });
    // What cannot be read for the moment may still be there.
    if (!read.ok && read.failure.kind !== 'not-found') return;
    const job = read.ok ? read.value : null;
    // Another may have been sent while this one was read: the status line then speaks of that.
    setRest(before => (before.job?.id === jobId ? { ...before, job } : before));
    if (!isOnItsWay(job)) await readAgain();
  }

  useEffect(() => {
    run(open());
    const saveNow = () => void session.current?.flush();
    // The popup may be gone a moment later; a message that has left still arrives.
    addEventListener('pagehide', saveNow);
    document.addEventListener('visibilitychange', saveNow);
    return () => {
      removeEventListener('pagehide', saveNow);
      document.removeEventListener('visibilitychange', saveNow);
    };
  }, []);

  useNetworkBack();
  useChange(change => {
    const { about } = change;
    if (change.about === 'progress') set({ capture: change.progress });
    else if (about === 'capture') run(open());
    else if (about === 'draft') void readAgain();
    else if (about === 'outbox') void (rest.job ? followJob(rest.job.id) : readAgain());
  });

  const actions: PopupActions = {
    edit(edits) {
      session.current?.edit(edits);
      if (rest.word !== '' || rest.problems.length > 0) set({ word: '', problems: [] });
    },
    addPicture: (kind, delaySeconds) => run(captures.addPicture(kind, delaySeconds)),
    pick: (kind, delaySeconds) => run(captures.pick(kind, delaySeconds)),
    cancelCapture: () => void send('capture.cancel', {}),
    addSelection: () => run(captures.addSelection()),
    attachments: createAttachmentActions({
      draftId: shownId,
      attachments: () => session.current?.shown().attachments ?? [],
      report,
      change: changeDraft,
      takePixels: captures.takePixels,
      inTurn,
    }),
    mask: keys => void changeDraft(draftId => send('draft.mask', { draftId, keys }), text('statusMasked')),
    keep: keys => void changeDraft(draftId => send('draft.keep', { draftId, keys }), ''),
    answerUnmasked: answer => void answerUnmasked(answer),
    submit: () => void submit(),
    change: (ask, word = '') => changeDraft(ask, word),
    leave: leaveDraft,
    startOver,
    // A job that waited for the key goes on by itself now, and the status line then speaks of it.
    keySaved: () => set({ hasKey: true, word: rest.job ? '' : text('keySaved') }),
    dismiss: failure => set({ failures: rest.failures.filter(other => other !== failure) }),
    lookAgain: () => void (rest.job && followJob(rest.job.id)),
    openAgain: () => run(openAgain()),
    takeOver(title, body, word) {
      const draft = session.current?.shown();
      if (!draft) return;
      const hasRoomForTitle = draft.kind === 'ticket' && draft.title.trim() === '';
      const words = [hasRoomForTitle ? '' : title, body].filter(part => part.trim() !== '').join('\n\n');
      if (words !== '') session.current?.edit({ body: appendToBody(draft.body, words) });
      if (hasRoomForTitle && title.trim() !== '') session.current?.edit({ title });
      set({ word });
    },
  };

  const draft = session.current?.shown();
  return { state: draft ? { draft, ...rest } : null, opening, actions };
}

function isSame(a: Failure, b: Failure): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
