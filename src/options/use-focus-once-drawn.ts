import { useLayoutEffect, useRef } from 'preact/hooks';

/** Null as long as what is to have the focus is not drawn yet. */
type Find = () => HTMLElement | null | undefined;

/** Answers a function that puts the focus on what `find` finds, as soon as it finds something after a drawing. */
export function useFocusOnceDrawn(): (find: Find) => void {
  const wanted = useRef<Find | null>(null);
  useLayoutEffect(() => {
    const found = wanted.current?.();
    if (!found) return;
    wanted.current = null;
    found.focus();
    if (found instanceof HTMLInputElement) found.select();
  });
  return find => {
    wanted.current = find;
  };
}
