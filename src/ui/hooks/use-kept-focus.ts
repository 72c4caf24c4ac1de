import { useLayoutEffect, useRef } from 'preact/hooks';
import { useDocumentEvent } from './use-document-event.ts';

const tabStops = 'a[href], button, input, select, textarea, summary';

/** When the control that has the focus is drawn no longer, the focus goes to the next one that is, and not to the page's top. */
export function useKeptFocus(): void {
  /** The control with the focus, those behind it, and those before it from the nearest on. */
  const order = useRef<HTMLElement[]>([]);
  useDocumentEvent('focusin', () => {
    const stops = [...document.querySelectorAll<HTMLElement>(tabStops)];
    const at = document.activeElement instanceof HTMLElement ? stops.indexOf(document.activeElement) : -1;
    order.current = at === -1 ? [] : [...stops.slice(at), ...stops.slice(0, at).reverse()];
  });
  useLayoutEffect(() => {
    const [last, ...others] = order.current;
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    others.find(stop => stop.isConnected && stop.checkVisibility())?.focus();
  });
}
