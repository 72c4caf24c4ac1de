import {
  defaultRangeExtractor,
  observeWindowOffset,
  observeWindowRect,
  type Range,
  type VirtualItem,
  Virtualizer,
  windowScroll,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';

interface VirtualListOptions {
  /** The key of each row, in order. A new array when they changed, and only then. */
  keys: readonly string[];
  /** What a row is taken for until it is drawn, in px. */
  estimatePx: (index: number) => number;
  /** Rows that are drawn wherever the window is scrolled to. A new function when its answers changed, and only then. */
  alsoDrawn: (inView: readonly number[]) => Iterable<number>;
}

/** A row that is drawn, with its edges in px from the top of the list. */
interface DrawnRow {
  index: number;
  start: number;
  end: number;
}

interface VirtualList {
  /** Goes on the element around the rows, which lie in it one below the other from its top on. */
  list: RefObject<HTMLDivElement | null>;
  /** How high that element is. */
  totalPx: number;
  /** In their order; between two of them may be rows that are not drawn. */
  drawn: readonly DrawnRow[];
  /** `ref` of each drawn row, which has its index as `data-index`. */
  measure: (row: HTMLElement | null) => void;
  /** How many rows are in the window. */
  inView: () => number;
}

const overscanRows = 6;

/**
 * Draws of a long list what the window shows of it. Rows are as high as they are: each is measured once it is drawn,
 * and what the window shows stays where it is when rows above turn out to be higher or lower than they were taken for.
 */
export function useVirtualList({ keys, estimatePx, alsoDrawn }: VirtualListOptions): VirtualList {
  const [, redraw] = useReducer<number, void>(count => count + 1, 0);
  const list = useRef<HTMLDivElement>(null);
  const topPx = useTopOf(list);
  const getItemKey = useMemo(() => (index: number) => keys[index] ?? index, [keys]);
  const rangeExtractor = useMemo(
    () => (range: Range) => {
      const inView = defaultRangeExtractor(range);
      return [...new Set([...inView, ...alsoDrawn(inView)])].sort((a, b) => a - b);
    },
    [alsoDrawn],
  );
  const options = {
    count: keys.length,
    getItemKey,
    rangeExtractor,
    estimateSize: estimatePx,
    // Not rounded, as the library would: what it adds up must be where the rows are, at every zoom.
    measureElement: (row: HTMLElement, entry: ResizeObserverEntry | undefined) =>
      (entry?.borderBoxSize[0]?.blockSize ?? row.getBoundingClientRect().height) ||
      estimatePx(Number(row.dataset['index'])),
    scrollMargin: topPx,
    overscan: overscanRows,
    // So that the first drawing has rows.
    initialRect: { width: innerWidth, height: innerHeight },
    initialOffset: () => scrollY,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    onChange: () => redraw(),
  };
  const [virtualizer] = useState(() => new Virtualizer<Window, HTMLElement>(options));
  const keepPlace = usePlace(virtualizer, keys, topPx);
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(keepPlace, [keys]);

  const drawn = virtualizer
    .getVirtualItems()
    .map(({ index, start, end }) => ({ index, start: start - topPx, end: end - topPx }));
  const inView = () => {
    const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
    return endIndex - startIndex;
  };
  return { list, totalPx: virtualizer.getTotalSize(), drawn, measure: virtualizer.measureElement, inView };
}

/**
 * Notes where the rows in the window are before the virtualizer learns of other `keys`. What it answers scrolls, after
 * that, by as much as the first of them that is still there has moved; not while the top of the list is in the window,
 * for there what comes new is to be seen.
 */
function usePlace(virtualizer: Virtualizer<Window, HTMLElement>, keys: readonly string[], topPx: number) {
  const last = useRef(keys);
  const inView = useRef<readonly VirtualItem[]>([]);
  if (last.current !== keys) {
    last.current = keys;
    inView.current =
      scrollY <= topPx ? [] : virtualizer.measurementsCache.filter(row => isInWindow(row, scrollY));
  }
  return () => {
    const rows = inView.current;
    inView.current = [];
    if (rows.length === 0) return;
    const starts = new Map(virtualizer.measurementsCache.map(({ key, start }) => [key, start]));
    const row = rows.find(({ key }) => starts.has(key));
    if (row) scrollBy(0, (starts.get(row.key) ?? row.start) - row.start);
  };
}

function isInWindow({ start }: VirtualItem, topPx: number): boolean {
  return start >= topPx && start < topPx + innerHeight;
}

/** How far from the top of the document an element begins, in px. What stands above it comes, goes and wraps. */
function useTopOf(element: RefObject<HTMLElement | null>): number {
  const [topPx, setTopPx] = useState(0);
  const look = () => {
    if (element.current) setTopPx(element.current.getBoundingClientRect().top + scrollY);
  };
  useLayoutEffect(look);
  useEffect(() => {
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  return topPx;
}
