/** Where a scroller stands and how large it is, read past controls of a form that are named like these. CSS px. */
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

function read(element: Element, name: keyof ScrollNumbers): number {
  const value: unknown = Object.getOwnPropertyDescriptor(Element.prototype, name)?.get?.call(element);
  return typeof value === 'number' ? value : 0;
}
