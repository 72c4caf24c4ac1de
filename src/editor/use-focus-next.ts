import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

type Target = { markId: string } | 'stage' | 'crop' | 'step-words';

/**
 * Gives the focus to what is about to be drawn. When the mark with the focus is drawn no longer (deleted, undone), the
 * focus goes to the stage and is not lost.
 */
export function useFocusNext(
  stage: RefObject<HTMLElement | null>,
  stepWords: RefObject<HTMLTextAreaElement | null>,
): (target: Target) => void {
  const next = useRef<Target | null>(null);
  const wasOnStage = useRef(false);
  const [, redraw] = useState(0);

  useLayoutEffect(() => {
    const element = next.current && find(next.current, stage.current, stepWords.current);
    if (element) {
      next.current = null;
      element.focus({ preventScroll: isInView(element, stage.current) });
    } else if (wasOnStage.current && document.activeElement === document.body) {
      stage.current?.focus({ preventScroll: true });
    }
    wasOnStage.current = stage.current?.contains(document.activeElement) ?? false;
  });

  return target => {
    next.current = target;
    // It may be there already, and then nothing else would be drawn.
    redraw(count => count + 1);
  };
}

function find(target: Target, stage: HTMLElement | null, stepWords: HTMLElement | null): HTMLElement | null {
  if (target === 'stage') return stage;
  if (target === 'step-words') return stepWords;
  if (target === 'crop') return stage?.querySelector<HTMLElement>('.crop-button') ?? null;
  return stage?.querySelector<HTMLElement>(`[data-mark="${CSS.escape(target.markId)}"]`) ?? null;
}

/** Any part of it can be seen: scrolling to it would only make the picture jump. */
function isInView(element: Element, stage: HTMLElement | null): boolean {
  const box = element.getBoundingClientRect();
  const room = stage?.getBoundingClientRect();
  if (!room || element === stage) return true;
  return box.right > room.left && box.left < room.right && box.bottom > room.top && box.top < room.bottom;
}
