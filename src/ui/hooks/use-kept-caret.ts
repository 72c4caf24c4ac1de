import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * For a text field whose text is also changed from elsewhere: keeps the caret where it is. The browser would put it
 * at the end, and what is being typed would go on below a quote that arrives in the middle of a word.
 */
export function useKeptCaret() {
  const field = useRef<HTMLTextAreaElement>(null);
  // Read as it is drawn, before the new text is put into the field.
  const start = field.current?.selectionStart ?? 0;
  const end = field.current?.selectionEnd ?? 0;
  useLayoutEffect(() => {
    const hasMoved = field.current?.selectionStart !== start || field.current.selectionEnd !== end;
    if (hasMoved && document.activeElement === field.current) field.current?.setSelectionRange(start, end);
  });
  return field;
}
