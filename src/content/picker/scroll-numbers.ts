/**
 * Where a scroller stands and how large it is, read past controls of a form that are named like these. In CSS px of
 * the window, also where the page's styles zoom the scroller.
 */
export interface ScrollNumbers {
  scrollLeft: number;
  scrollTop: number;
  scrollWidth: number;
  scrollHeight: number;
  clientWidth: number;
  clientHeight: number;
  clientLeft: number;
  clientTop: number;
}

export function scrollNumbers(element: Element): ScrollNumbers {
  const zoom = scrollZoom(element);
  const read = (from: Element, name: keyof ScrollNumbers) => readOwn(from, name) * zoom;
  return {
    scrollLeft: read(element, 'scrollLeft'),
    scrollTop: read(element, 'scrollTop'),
    scrollWidth: read(element, 'scrollWidth'),
    scrollHeight: read(element, 'scrollHeight'),
    clientWidth: read(element, 'clientWidth'),
    clientHeight: read(element, 'clientHeight'),
    clientLeft: read(element, 'clientLeft'),
    clientTop: read(element, 'clientTop'),
  };
}

/** CSS px of the window for one of the scroller's own, in which `scrollTop` and its like are. The document's are the window's. */
export function scrollZoom(element: Element): number {
  if (element === document.scrollingElement) return 1;
  const zoom: unknown = Object.getOwnPropertyDescriptor(Element.prototype, 'currentCSSZoom')?.get?.call(
    element,
  );
  return typeof zoom === 'number' && zoom > 0 ? zoom : 1;
}

function readOwn(element: Element, name: keyof ScrollNumbers): number {
  const value: unknown = Object.getOwnPropertyDescriptor(Element.prototype, name)?.get?.call(element);
  return typeof value === 'number' ? value : 0;
}
