import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Point, Rect } from '../core/image/geometry.ts';
import type { Size } from '../core/marks/transform.ts';

/** Steps of the zoom: screen pixels for one pixel of the picture. */
const steps = [0.05, 0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8];

/** Around the sheet, in CSS px: as in the style sheet. */
const marginPx = 24;

/** A picture so many times taller than its room is fitted by its width, as it would be too small to be read. */
const tallTimes = 2.5;

export interface Zoom {
  /** CSS px for one px of the picture. */
  scale: number;
  /** 100: each pixel of the picture is one of the screen, as sharp as it can be. */
  percent: number;
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  actualSize: () => void;
}

/** How large the picture is shown. What is in the middle, or under the pointer, stays where it is. */
export function useZoom(
  stage: RefObject<HTMLElement | null>,
  sheet: RefObject<SVGSVGElement | null>,
  view: Rect,
): Zoom {
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 });
  /** Screen pixels for one of the picture; null: as it fits. */
  const [chosen, setChosen] = useState<number | null>(null);
  const kept = useRef<{ place: Point; seenAt: Point } | null>(null);
  const ratio = devicePixelRatio || 1;
  const zoom = chosen ?? fittingZoom(view, room, ratio);
  const scale = zoom / ratio;

  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const look = () => setRoom({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const box = sheet.current?.getBoundingClientRect();
    if (!kept.current || !box || !stage.current) return;
    const { place, seenAt } = kept.current;
    kept.current = null;
    stage.current.scrollLeft += box.left + place.x * scale - seenAt.x;
    stage.current.scrollTop += box.top + place.y * scale - seenAt.y;
  }, [scale]);

  function change(next: number, around?: Point) {
    const box = sheet.current?.getBoundingClientRect();
    const frame = stage.current?.getBoundingClientRect();
    if (box && frame) {
      const seenAt = around ?? { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 };
      kept.current = {
        seenAt,
        place: { x: (seenAt.x - box.left) / scale, y: (seenAt.y - box.top) / scale },
      };
    }
    setChosen(Math.min(8, Math.max(0.05, next)));
  }

  const latest = useRef(change);
  latest.current = change;
  const latestZoom = useRef(zoom);
  latestZoom.current = zoom;
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    // A pinch on a touch pad comes as a wheel with Ctrl. Without this the whole page would be zoomed.
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const factor = Math.exp(-Math.max(-50, Math.min(50, event.deltaY)) / 200);
      latest.current(latestZoom.current * factor, { x: event.clientX, y: event.clientY });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  return {
    scale,
    percent: Math.round(zoom * 100),
    zoomIn: () => change(steps.find(step => step > zoom * 1.01) ?? 8),
    zoomOut: () => change(steps.findLast(step => step < zoom * 0.99) ?? 0.05),
    fit: () => setChosen(null),
    actualSize: () => change(1),
  };
}

/** Never larger than sharp. */
function fittingZoom(view: Size, room: Size, ratio: number): number {
  const [width, height] = [room.width - 2 * marginPx, room.height - 2 * marginPx];
  if (width <= 0 || height <= 0) return 1;
  const byWidth = (width / view.width) * ratio;
  const byHeight = (height / view.height) * ratio;
  const isTall = byWidth > byHeight * tallTimes;
  return Math.max(0.05, Math.min(1, byWidth, isTall ? byWidth : byHeight));
}
