import type { Rect, ViewGeometry } from '../../core/image/geometry.ts';

/** What the window shows now. Nothing of the page can change what is read here: the isolated world has its own window. */
export function measureView(): ViewGeometry {
  const viewport = visualViewport;
  return {
    width: exactLength('width', innerWidth),
    height: exactLength('height', innerHeight),
    pinch: { x: viewport?.offsetLeft ?? 0, y: viewport?.offsetTop ?? 0, scale: viewport?.scale ?? 1 },
  };
}

/** The part of the layout viewport that is seen: without scroll bars, and with pinch zoom only what it shows. */
export function seenPart(): Rect {
  const viewport = visualViewport;
  if (!viewport) return { x: 0, y: 0, width: innerWidth, height: innerHeight };
  const { offsetLeft: x, offsetTop: y, width, height } = viewport;
  return { x, y, width, height };
}

/** The layout viewport without scroll bars. */
export function layoutPort(): Rect {
  const scale = visualViewport?.scale ?? 1;
  const { width, height } = seenPart();
  return { x: 0, y: 0, width: width * scale, height: height * scale };
}

/**
 * `innerWidth` drops the fraction: at 300 % on a dense screen that is 8 device px, and then every edge in the picture
 * is off. Media queries compare with the whole length, give or take 1/64 px; the window is a whole number of device px.
 */
function exactLength(axis: 'width' | 'height', whole: number): number {
  let low = whole - 1;
  let high = whole + 2;
  for (let step = 0; step < 16; step++) {
    const middle = (low + high) / 2;
    if (matchMedia(`(min-${axis}: ${middle}px)`).matches) low = middle;
    else high = middle;
  }
  const exact = Math.round(low * devicePixelRatio) / devicePixelRatio;
  return Math.abs(exact - whole) < 2 ? exact : whole;
}
