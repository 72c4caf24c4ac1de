import type { Tabs } from 'webextension-polyfill';
import { pageRestriction } from '../../core/page-restriction.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { browser } from '../browser.ts';
import { inTime, LateAnswer } from './in-time.ts';
import { type PageTarget, samePage } from './page-target.ts';

// Chrome allows two captures a second; a third is refused with this name in its text.
const quotaText = 'MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND';
const quotaWaitMs = 600;
// Seen on some graphics drivers, and with minimised windows: a second try often works.
const readbackText = 'image readback failed';
const tries = 4;
// So far apart the calls begin, a hair more than the half second, so that none is refused.
const paceMs = 505;
let nextCallAt = 0;
// A page that has drawn nothing yet (its stylesheet does not come) leaves the call without an answer.
const drawnDeadlineMs = 6_000;

/**
 * The visible area of a page as the browser's own PNG.
 * `captureVisibleTab` takes a window and not a tab, so the page is checked before and after: a picture of
 * another tab or document is thrown away. So is one during which a tab came to the front: it may have gone again.
 */
export async function captureVisibleArea(target: PageTarget): Promise<Result<Blob>> {
  let isSwitched = false;
  const noteSwitch = ({ windowId }: Tabs.OnActivatedActiveInfoType) => {
    isSwitched ||= windowId === target.windowId;
  };
  browser.tabs.onActivated.addListener(noteSwitch);
  try {
    const picture = await inTime(capture(target), drawnDeadlineMs).catch(whyLate);
    return isSwitched ? fail({ kind: 'page-changed' }) : picture;
  } finally {
    browser.tabs.onActivated.removeListener(noteSwitch);
  }
}

async function capture(target: PageTarget): Promise<Result<Blob>> {
  for (let attempt = 1; ; attempt++) {
    await ownTurn();
    if (!(await samePage(target))) return fail({ kind: 'page-changed' });
    try {
      const dataUrl = await browser.tabs.captureVisibleTab(target.windowId, { format: 'png' });
      if (!(await samePage(target))) return fail({ kind: 'page-changed' });
      return ok(pngOfDataUrl(dataUrl));
    } catch (cause) {
      const text = String(cause);
      const isPassing = text.includes(quotaText) || text.includes(readbackText);
      if (!isPassing || attempt >= tries) {
        return fail({ kind: 'page-refuses-pixels', restriction: pageRestriction(text, target.url) });
      }
      await new Promise(resolve => setTimeout(resolve, quotaWaitMs));
    }
  }
}

/** Waits for the next moment at which Chrome takes a call. A worker that has just started may still be refused. */
async function ownTurn(): Promise<void> {
  const now = Date.now();
  // A clock that was set back must not hold anything up.
  const waitMs = Math.min(nextCallAt - now, paceMs);
  nextCallAt = now + Math.max(0, waitMs) + paceMs;
  if (waitMs > 0) await new Promise(resolve => setTimeout(resolve, waitMs));
}

function whyLate(cause: unknown): Result<Blob> {
  if (cause instanceof LateAnswer) return fail({ kind: 'page-not-drawn' });
  throw cause;
}

/** Decodes without `fetch`, which is forty times slower on a data URL of this size. */
function pngOfDataUrl(dataUrl: string): Blob {
  return new Blob([Uint8Array.fromBase64(dataUrl.slice(dataUrl.indexOf(',') + 1))], { type: 'image/png' });
}
