import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JobView } from '../contract/views.ts';

interface ListFocusOptions {
  list: RefObject<HTMLElement | null>;
  jobs: readonly JobView[];
  /** How many rows are in the window. */
  inView: () => number;
  /** The item that is to get the focus, once for each object. */
  wanted: { id: string } | null;
  /** Makes an item the one that Tab leads to and that is drawn wherever the window is scrolled to. */
  setActiveId: (id: string) => void;
}

interface ListFocus {
  onFocusIn: (event: FocusEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** The `wanted` that got the focus. Not the list's own: it is drawn anew after a search that found nothing. */
const served = new WeakSet<{ id: string }>();

/** By how many items a key moves; null: it is none of ours. */
function stepOf(event: KeyboardEvent, at: number, count: number, inView: number): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  switch (event.key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return inView;
    case 'PageUp':
      return -inView;
    case 'Home':
      return -at;
    case 'End':
      return count - 1 - at;
    default:
      return null;
  }
}

/**
 * The keyboard in the list of items: arrow keys, Home, End and the page keys move between items. The focus is never
 * lost: when the control that has it goes, its item gets it; when the item goes, the one that takes its place does.
 */
export function useListFocus({ list, jobs, inView, wanted, setActiveId }: ListFocusOptions): ListFocus {
  /** What had the focus last, and the place of its item. */
  const last = useRef<{ element: Element; id: string; at: number } | null>(null);
  const goingTo = useRef<string | null>(null);

  function goTo(job: JobView | undefined) {
    if (!job) return;
    const item = itemOf(list.current, job.id);
    goingTo.current = item ? null : job.id;
    // Not drawn yet: the focus follows when it is.
    if (item) item.focus();
    else setActiveId(job.id);
  }

  useLayoutEffect(() => {
    if (wanted === null || served.has(wanted)) return;
    served.add(wanted);
    goTo(jobs.find(({ id }) => id === wanted.id));
  }, [wanted, jobs]);

  useLayoutEffect(() => {
    const isOnItsWay = goingTo.current !== null && jobs.some(({ id }) => id === goingTo.current);
    if (!isOnItsWay) goingTo.current = null;
    const had = last.current;
    // On its way to another item it may lose the one that it leaves, if the window shows neither.
    const isLost =
      !isOnItsWay && had?.element.isConnected === false && document.activeElement === document.body;
    if (isLost) {
      last.current = null;
      goTo(jobs.find(({ id }) => id === had.id) ?? jobs[Math.min(had.at, jobs.length - 1)]);
    }
    if (goingTo.current === null) return;
    const item = itemOf(list.current, goingTo.current);
    if (!item) return;
    goingTo.current = null;
    item.focus();
  });

  return {
    onFocusIn(event) {
      const id = idAround(event.target);
      if (id === null || !(event.target instanceof Element)) return;
      last.current = { element: event.target, id, at: jobs.findIndex(job => job.id === id) };
      setActiveId(id);
    },
    onKeyDown(event) {
      const at = jobs.findIndex(({ id }) => id === idAround(event.target));
      const step = at === -1 ? null : stepOf(event, at, jobs.length, Math.max(1, inView() - 1));
      if (step === null) return;
      event.preventDefault();
      goTo(jobs[Math.min(Math.max(at + step, 0), jobs.length - 1)]);
    },
  };
}

function idAround(target: EventTarget | null): string | null {
  const item = target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null;
  return item?.dataset['id'] ?? null;
}

function itemOf(list: HTMLElement | null, id: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) ?? null;
}
