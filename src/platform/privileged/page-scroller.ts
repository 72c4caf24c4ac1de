import scrollPageFile from '../../content/scroll-page.ts?iife';
import type {} from '../../contract/content-entries.ts';
import {
  type PageView,
  pageViewSchema,
  type ScrollPlan,
  scrollPlanSchema,
  slicePositionSchema,
} from '../../contract/scroll-answers.ts';
import type { z } from '../../contract/zod.ts';
import type { Point } from '../../core/image/geometry.ts';
import type { SlicePosition } from '../../core/image/tiling.ts';
import { pageRestriction } from '../../core/page-restriction.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { inTime } from './in-time.ts';
import type { PageTarget } from './page-target.ts';

// A page whose script is busy, or that has a dialog open, does not answer.
const answerDeadlineMs = 10_000;

/** The scroller in a page, called from outside. A page that is gone, or does not answer, is `page-changed`. */
export interface RemoteScroller {
  view(): Promise<Result<PageView>>;
  start(what: 'page' | 'subject', heightLimit: number): Promise<Result<ScrollPlan>>;
  goTo(at: Point): Promise<Result<SlicePosition>>;
  where(): Promise<Result<SlicePosition>>;
  finish(): Promise<void>;
}

/** Puts the scroller into the page; fails with `page-refuses-script` where none may run, or none does in time. */
export async function openPageScroller(
  page: PageTarget,
  answerMs = answerDeadlineMs,
): Promise<Result<RemoteScroller>> {
  const target = page.documentId
    ? { tabId: page.tabId, documentIds: [page.documentId] }
    : { tabId: page.tabId };
  try {
    const injected = chrome.scripting.executeScript({
      target,
      files: [scrollPageFile],
      injectImmediately: true,
    });
    await inTime(injected, answerMs);
  } catch (cause) {
    return fail({ kind: 'page-refuses-script', restriction: pageRestriction(String(cause), page.url) });
  }

  async function call<Schema extends z.ZodMiniType, Args extends unknown[]>(
    schema: Schema,
    func: (...args: Args) => unknown,
    ...args: Args
  ): Promise<Result<z.infer<Schema>>> {
    try {
      const called = chrome.scripting.executeScript({ target, func, args, injectImmediately: true });
      const [answer] = await inTime(called, answerMs);
      const parsed = schema.safeParse(answer?.result);
      return parsed.success ? ok(parsed.data) : fail({ kind: 'page-changed' });
    } catch {
      return fail({ kind: 'page-changed' });
    }
  }

  // These functions run in the page's isolated world, where the injected file left its entry.
  return ok({
    view: () => call(pageViewSchema, viewOfPage),
    start: (what, heightLimit) => call(scrollPlanSchema, startScroller, what, heightLimit),
    goTo: at => call(slicePositionSchema, goTo, at),
    where: () => call(slicePositionSchema, where),
    async finish() {
      const called = chrome.scripting.executeScript({ target, func: finish, injectImmediately: true });
      await inTime(called, answerMs).catch(() => {
        // The page is gone, and what was done to it with it; or it puts itself back when it hears no more.
      });
    },
  });
}

function viewOfPage() {
  return globalThis.captureForAssembly?.pageScroller?.view();
}

function startScroller(what: 'page' | 'subject', heightLimit: number) {
  return globalThis.captureForAssembly?.pageScroller?.start(what, heightLimit);
}

function goTo(at: Point) {
  return globalThis.captureForAssembly?.pageScroller?.goTo(at);
}

function where() {
  return globalThis.captureForAssembly?.pageScroller?.where();
}

function finish() {
  globalThis.captureForAssembly?.pageScroller?.finish();
}
