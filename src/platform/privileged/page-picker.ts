import pickSubjectFile from '../../content/pick-subject.ts?iife';
import type { Sender } from '../../contract/caller.ts';
import { z } from '../../contract/zod.ts';
import { pageRestriction } from '../../core/page-restriction.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { browser } from '../browser.ts';
import { newId } from '../new-id.ts';
import { inTime } from './in-time.ts';
import type { PageTarget } from './page-target.ts';

const sessionItem = 'pendingPick';
const lockName = 'pending-pick';
// The overlay leaves by itself after five minutes; its word may be late.
const longestMs = 10 * 60_000;
const startingDeadlineMs = 10_000;
const leavingDeadlineMs = 1_000;

const pendingPickSchema = z.strictObject({
  nonce: z.string(),
  tabId: z.number(),
  documentId: z.nullable(z.string()),
  windowId: z.number(),
  kind: z.enum(['region', 'element']),
  startedAt: z.number(),
  shownDraftId: z.nullable(z.string()),
  fromPopup: z.boolean(),
});

/**
 * A pick that the person was asked for and has not ended yet. It is kept in `storage.session`: the worker is killed
 * after 30 s without an event, and a person may take longer to draw.
 */
export interface PendingPick {
  nonce: string;
  tabId: number;
  /** Null where the browser has not named the document. */
  documentId: string | null;
  windowId: number;
  kind: 'region' | 'element';
  startedAt: number;
  /** The draft that was shown when it was asked for. */
  shownDraftId: string | null;
  /** Whether the popup asked for it, and so has to come back. */
  fromPopup: boolean;
}

/**
 * Shows the overlay on the page's top frame, in place of any other that is still shown. How it ends comes as
 * `pick.deliver`; a page in which no script may run is `page-refuses-script`.
 */
export async function startPick(
  target: PageTarget,
  kind: PendingPick['kind'],
  extra: Pick<PendingPick, 'shownDraftId' | 'fromPopup'>,
): Promise<Result<null>> {
  await dropPick();
  const where = target.documentId
    ? { tabId: target.tabId, documentIds: [target.documentId] }
    : { tabId: target.tabId };
  const { tabId, windowId } = target;
  const nonce = newId();
  try {
    const injecting = chrome.scripting.executeScript({
      target: where,
      files: [pickSubjectFile],
      injectImmediately: true,
    });
    const [injected] = await inTime(injecting, startingDeadlineMs);
    const documentId = injected?.documentId ?? target.documentId;
    // Written before the overlay is there, so that no answer can come too early.
    await remember({ nonce, tabId, documentId, windowId, kind, startedAt: Date.now(), ...extra });
    const started = documentId ? { tabId, documentIds: [documentId] } : { tabId };
    await inTime(
      chrome.scripting.executeScript({
        target: started,
        func: startPicking,
        args: [nonce, kind],
        injectImmediately: true,
      }),
      startingDeadlineMs,
    );
    return ok(null);
  } catch (cause) {
    await locked(() => forget(nonce));
    return fail({ kind: 'page-refuses-script', restriction: pageRestriction(String(cause), target.url) });
  }
}

/** The pick that this answer ends, once: nonce, tab and document must be the expected ones, and not ten minutes old. */
export function takePick(nonce: string, sender: Sender): Promise<PendingPick | null> {
  return locked(async () => {
    const pending = await read();
    const isExpected =
      pending?.nonce === nonce &&
      pending.tabId === sender.tab?.id &&
      (pending.documentId === null || pending.documentId === sender.documentId);
    if (!pending || !isExpected) return null;
    await browser.storage.session.remove(sessionItem);
    const ageMs = Date.now() - pending.startedAt;
    return ageMs >= 0 && ageMs <= longestMs ? pending : null;
  });
}

/** Takes an overlay away that is still shown somewhere, and resolves when it is gone; it tells nothing then. */
export async function dropPick(): Promise<void> {
  const dropped = await locked(async () => {
    const pending = await read();
    if (pending) await browser.storage.session.remove(sessionItem);
    return pending;
  });
  if (!dropped) return;
  const { tabId, documentId } = dropped;
  const target = documentId ? { tabId, documentIds: [documentId] } : { tabId };
  // A page that is gone has no overlay, and one that is busy must not hold up what comes next for long.
  await inTime(chrome.scripting.executeScript({ target, func: stopPicking }), leavingDeadlineMs).catch(
    () => undefined,
  );
}

async function read(): Promise<PendingPick | null> {
  const { [sessionItem]: stored } = await browser.storage.session.get(sessionItem);
  const parsed = pendingPickSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

function remember(pending: PendingPick): Promise<void> {
  return locked(() => browser.storage.session.set({ [sessionItem]: pending }));
}

async function forget(nonce: string): Promise<void> {
  if ((await read())?.nonce === nonce) await browser.storage.session.remove(sessionItem);
}

/** Two answers at once must not both find the pick. */
function locked<T>(act: () => Promise<T>): Promise<T> {
  return navigator.locks.request(lockName, act);
}

/** These two run in the page's isolated world, where the injected file left its entries. */
function startPicking(nonce: string, kind: PendingPick['kind']): void {
  globalThis.captureForAssembly?.pickSubject?.(nonce, kind);
}

async function stopPicking(): Promise<void> {
  globalThis.captureForAssembly?.leavePick?.();
  // Drawn without it by then.
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
