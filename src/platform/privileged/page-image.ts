import findImageFile from '../../content/find-image.ts?iife';
import { pageRestriction } from '../../core/page-restriction.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { PageTarget } from './page-target.ts';

const answerDeadlineMs = 3_000;

/**
 * Finds a picture in the page's top frame by the address that it was loaded from, and leaves it there as what is to be
 * captured (`captureForAssembly.subject`). Fails with `image-not-found`, and with `page-refuses-script` where none may
 * run.
 */
export async function findImage(
  { tabId, documentId, url }: PageTarget,
  address: string,
): Promise<Result<null>> {
  const target = documentId ? { tabId, documentIds: [documentId] } : { tabId };
  const finding = async () => {
    await chrome.scripting.executeScript({ target, files: [findImageFile], injectImmediately: true });
    const [answered] = await chrome.scripting.executeScript({
      target,
      func: startFinding,
      args: [address],
      injectImmediately: true,
    });
    return answered?.result === true;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), answerDeadlineMs);
  });
  try {
    return (await Promise.race([finding(), late])) ? ok(null) : fail({ kind: 'image-not-found' });
  } catch (cause) {
    return fail({ kind: 'page-refuses-script', restriction: pageRestriction(String(cause), url) });
  } finally {
    clearTimeout(timer);
  }
}

/** Runs in the page's isolated world, where the injected file left its entry. */
function startFinding(address: string): boolean {
  return globalThis.captureForAssembly?.findImage?.(address) ?? false;
}
