import ComboboxNavigation from '@github/combobox-nav';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * The keys of an editable combobox (ARIA APG): Down and Up go through the options while `isListed`, Enter and a press
 * choose one, Home and End go back to the text. `panel` is what holds the list and all that stands around it.
 */
export function useComboboxNavigation(isListed: boolean, onCommit: (option: Element) => void) {
  const input = useRef<HTMLInputElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const navigation = useRef<ComboboxNavigation | null>(null);
  /** Where to go as soon as there are options: a key has opened the list. */
  const firstStep = useRef<1 | -1 | null>(null);
  const commit = useRef(onCommit);
  commit.current = onCommit;

  useLayoutEffect(() => {
    if (!input.current || !list.current) return;
    // Tab leaves the field with what was typed: nothing is chosen that was not asked for.
    const made = new ComboboxNavigation(input.current, list.current, { tabInsertsSuggestions: false });
    navigation.current = made;
    const committed = ({ target }: Event) => target instanceof Element && commit.current(target);
    const { current: listElement } = list;
    listElement.addEventListener('combobox-commit', committed);
    return () => {
      listElement.removeEventListener('combobox-commit', committed);
      made.destroy();
    };
  }, []);
  useLayoutEffect(() => {
    // A press beside the options, or on their scroll bar, leaves the focus in the field too.
    const keepFocus = (event: Event) => event.preventDefault();
    const { current: pressed } = panel;
    pressed?.addEventListener('mousedown', keepFocus);
    return () => pressed?.removeEventListener('mousedown', keepFocus);
  }, []);
  useLayoutEffect(() => {
    if (!isListed) return;
    navigation.current?.start();
    if (firstStep.current !== null) navigation.current?.navigate(firstStep.current);
    firstStep.current = null;
    return () => navigation.current?.stop();
  }, [isListed]);
  // An option that is drawn no longer would still be named as the active one.
  useLayoutEffect(() => {
    if (isListed && activeOption() === null) navigation.current?.clearSelection();
  });

  const activeOption = () => list.current?.querySelector('[aria-selected="true"]') ?? null;
  return {
    input,
    panel,
    list,
    hasActiveOption: () => activeOption() !== null,
    leaveOptions: () => {
      firstStep.current = null;
      navigation.current?.clearSelection();
    },
    startAt: (step: 1 | -1) => {
      firstStep.current = step;
    },
  };
}
