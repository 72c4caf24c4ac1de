import type { PickOutcome, Subject } from '../../contract/content-entries.ts';
import { createElementPicker } from './element-picker.ts';
import { guardOverlay } from './guard.ts';
import { listenToPerson } from './input.ts';
import { createOverlay, type PickKind } from './overlay.ts';
import { rememberPage } from './page-memory.ts';
import { createRegionPicker } from './region-picker.ts';

const longestMs = 5 * 60_000;
// A page that draws nothing gets no frames.
const drawnDeadlineMs = 500;

type Done = (outcome: PickOutcome, subject: Subject | null) => void;

/**
 * Lets the person pick, and tells once how it ended, when no trace of it is left on the screen. Returns a way to end
 * it early, which tells nothing.
 */
export function startPicking(kind: PickKind, done: Done): () => void {
  if (isTakenByPage()) {
    done('disturbed', null);
    return () => undefined;
  }
  const memory = rememberPage();
  const overlay = createOverlay(kind);
  const startedAt = performance.now();
  const ending = new AbortController();
  let isOver = false;
  let wasLeaveHeld = false;

  const context = { take, noteScroll: memory.noteScroll, forgetScroll: memory.forgetScroll };
  const picker = (kind === 'region' ? createRegionPicker : createElementPicker)(overlay, context);
  const guard = guardOverlay(overlay, { onDisturbed: () => end('disturbed', null), onLook });
  const stopListening = listenToPerson(overlay, guard, { ...picker, take, leave });
  for (const type of ['fullscreenchange', 'pointerlockchange', 'beforeprint']) {
    window.addEventListener(type, onPageTakes, { capture: true, signal: ending.signal });
  }
  window.addEventListener('pagehide', onPageHide, { capture: true, signal: ending.signal });
  guard.start();
  picker.shift();

  function take(): void {
    const subject = picker.subject();
    if (subject && guard.isTrusted()) end('taken', subject);
  }

  function leave(): void {
    end('left', null);
  }

  function onPageTakes(event: Event): void {
    if (event.isTrusted && (event.type === 'beforeprint' || isTakenByPage())) end('disturbed', null);
  }

  /** The last moment to say anything; no frame will come any more. */
  function onPageHide(event: Event): void {
    if (!event.isTrusted || isOver) return;
    remove(true);
    done('left', null);
  }

  function onLook(): void {
    picker.shift();
    const isHeld = overlay.leave.matches(':active');
    // A page may hold back every event; that a button stays pressed the browser tells in another way.
    const mustLeave = (isHeld && wasLeaveHeld) || !isConnected() || performance.now() - startedAt > longestMs;
    wasLeaveHeld = isHeld;
    if (mustLeave) leave();
  }

  function end(outcome: PickOutcome, subject: Subject | null): void {
    if (isOver) return;
    remove(outcome !== 'taken');
    void untilDrawn().then(() => done(outcome, subject));
  }

  function remove(isUndone: boolean): void {
    isOver = true;
    ending.abort();
    guard.stop();
    picker.stop();
    memory.restoreFocus();
    overlay.host.remove();
    stopListening();
    if (isUndone) memory.restoreScroll();
  }

  return () => {
    if (!isOver) remove(true);
  };
}

/** A page in full screen, or one that has caught the pointer, leaves no room for an overlay. */
function isTakenByPage(): boolean {
  const isPrerendered = 'prerendering' in document && document.prerendering === true;
  return document.fullscreenElement !== null || document.pointerLockElement !== null || isPrerendered;
}

/** False in an orphan: the extension was updated or switched off under the page. */
function isConnected(): boolean {
  return chrome.runtime?.id !== undefined;
}

/** Two frames after a change the screen shows it. */
function untilDrawn(): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, drawnDeadlineMs);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
