import { windowView } from './content-space.ts';
import type { Overlay } from './overlay.ts';
import { ancestorsOf, boxOf, elementAt, focusedElement } from './page-tree.ts';

/**
 * Keeps the overlay in the page, on top and in sight, as far as a page can be kept from disturbing it: it is put
 * back five times in all, and then given up.
 */
export interface Guard {
  /** Puts the overlay into the page. */
  start(): void;
  /** Whether the overlay has been wholly in sight for long enough that a person knows what they press. */
  isTrusted(): boolean;
  /** Whether a press at this point of the window reaches the overlay and not something above it. */
  isOurs(x: number, y: number): boolean;
  stop(): void;
}

interface GuardEvents {
  onDisturbed: () => void;
  /** Told whenever `isTrusted` becomes another, and at every look at the page. */
  onLook: () => void;
}

const restoreLimit = 5;
const lookEveryMs = 250;
const inSightMs = 500;
// The browser tells of a cover after 100 ms at the latest, of none within a frame.
const occlusionDelayMs = 100;

export function guardOverlay(overlay: Overlay, { onDisturbed, onLook }: GuardEvents): Guard {
  const { host, root, frame, area } = overlay;
  const documentElement = document.documentElement;
  let restores = 0;
  let focusRestores = 0;
  let inSightSince: number | null = null;
  let isUncovered = false;
  let coveredLooks = 0;
  let isOver = false;
  let parent: Element = documentElement;
  let undoneZoom = 1;

  const occlusion = new IntersectionObserver(
    entries => {
      const last = entries.at(-1);
      // Undefined where the browser does not tell; then the hit tests alone decide.
      const isVisible: unknown = last && 'isVisible' in last ? last.isVisible : undefined;
      isUncovered = isVisible !== false;
      if (!isUncovered) inSightSince = null;
    },
    // The types do not know the second version.
    { threshold: [0, 0.5, 1], delay: occlusionDelayMs, trackVisibility: true } as IntersectionObserverInit,
  );
  const structure = new MutationObserver(() => {
    if (!isIntact()) restore();
  });

  function watch(): void {
    structure.disconnect();
    structure.observe(document, { childList: true });
    structure.observe(parent, { childList: true });
    structure.observe(host, { attributes: true });
    structure.takeRecords();
  }

  function isIntact(): boolean {
    return (
      host.parentNode === parent &&
      host.isConnected &&
      host.matches(':popover-open') &&
      host.attributes.length === 1 &&
      host.getAttribute('popover') === 'manual'
    );
  }

  function restore(): void {
    inSightSince = null;
    restores += 1;
    // A document that was written anew has dropped our listeners.
    if (restores > restoreLimit || document.documentElement !== documentElement) giveUp();
    else place();
  }

  /** Into the top layer as its last, so that nothing is above; into the page's own modal dialog where one makes all else inert. */
  function place(): void {
    structure.disconnect();
    for (const { name } of [...host.attributes]) host.removeAttribute(name);
    host.setAttribute('popover', 'manual');
    for (const candidate of [documentElement, ...modalDialogs(host)]) {
      parent = candidate;
      show();
      if (isReached()) break;
    }
    area.focus({ preventScroll: true });
    watch();
  }

  function show(): void {
    try {
      if (host.matches(':popover-open')) host.hidePopover();
      parent.append(host);
      host.showPopover();
    } catch {
      // A page's own listener may have moved it in the middle; the next look sees that.
    }
    fitZoom();
  }

  function fitZoom(): void {
    const zoom = parent.currentCSSZoom;
    if (zoom === undoneZoom || !(zoom > 0)) return;
    undoneZoom = zoom;
    overlay.undoZoom(zoom);
  }

  function isOurs(x: number, y: number): boolean {
    const hit = root.elementFromPoint(x, y);
    return hit !== null && hit.getRootNode() === root;
  }

  /** The overlay fills the window, and what is hit at its corners, its middle and its buttons is part of it. */
  function isReached(): boolean {
    // Else the outline is not where the rectangle is.
    if (Math.abs(host.currentCSSZoom - 1) > 0.01) return false;
    const { x: frameX, y: frameY, width, height } = boxOf(frame);
    if (Math.abs(frameX) > 1 || Math.abs(frameY) > 1) return false;
    const seen = windowView();
    if (Math.abs(width - seen.width) > 1 || Math.abs(height - seen.height) > 1) return false;
    if (!host.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return false;
    // What pinch zoom leaves out of sight cannot be hit.
    const left = visualViewport?.offsetLeft ?? 0;
    const top = visualViewport?.offsetTop ?? 0;
    const right = Math.min(width, left + (visualViewport?.width ?? width)) - 3;
    const bottom = Math.min(height, top + (visualViewport?.height ?? height)) - 3;
    const take = boxOf(overlay.take);
    const points: (readonly [number, number])[] = [
      [left + 3, top + 3],
      [right, top + 3],
      [left + 3, bottom],
      [right, bottom],
      [(left + right) / 2, (top + bottom) / 2],
      [take.x + take.width / 2, take.y + take.height / 2],
    ];
    return points.every(([x, y]) => isOurs(x, y));
  }

  function look(): void {
    if (isOver) return;
    // A tab behind another is not drawn, and nobody looks at it.
    if (document.visibilityState === 'hidden') inSightSince = null;
    else if (!isIntact()) restore();
    else inspect();
    if (isOver) return;
    onLook();
    timer = setTimeout(look, lookEveryMs);
  }

  function inspect(): void {
    const isClear = isReached() && isUncovered;
    // After the look: what had to be set right was not as it should be.
    fitZoom();
    coveredLooks = isClear ? 0 : coveredLooks + 1;
    inSightSince = isClear ? (inSightSince ?? performance.now()) : null;
    // What flies past is let go; what stays is a cover.
    if (coveredLooks >= 3) {
      coveredLooks = 0;
      restore();
    } else if (document.activeElement !== host && focusRestores < restoreLimit) {
      focusRestores += 1;
      area.focus({ preventScroll: true });
    }
  }

  function giveUp(): void {
    if (isOver) return;
    isOver = true;
    onDisturbed();
  }

  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    start() {
      place();
      occlusion.observe(frame);
      timer = setTimeout(look, lookEveryMs);
    },
    isOurs,
    isTrusted: () =>
      !isOver &&
      inSightSince !== null &&
      performance.now() - inSightSince >= inSightMs &&
      isUncovered &&
      isIntact() &&
      isReached(),
    stop() {
      isOver = true;
      clearTimeout(timer);
      occlusion.disconnect();
      structure.disconnect();
    },
  };
}

/** The modal dialogs of the page, those in whose midst the person is first. */
function modalDialogs(host: Element): Set<Element> {
  const middle = elementAt({ x: innerWidth / 2, y: innerHeight / 2 }, host);
  const near = [middle, focusedElement()].flatMap(element => [...ancestorsOf(element)]);
  const isModal = (element: Element) => element !== host && element.matches(':modal');
  return new Set([...near.filter(isModal), ...[...document.querySelectorAll(':modal')].reverse()]);
}
