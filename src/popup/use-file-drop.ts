import { useRef, useState } from 'preact/hooks';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';

// What is held over a page is told again and again, several times a second. A drag that is given up may end without a word.
const silenceMs = 1_000;

/** Takes files that are dropped anywhere on the page. Answers whether some are held over it. */
export function useFileDrop(isOpen: boolean, onFiles: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const silence = useRef<ReturnType<typeof setTimeout>>(undefined);
  const leave = () => {
    clearTimeout(silence.current);
    setOver(false);
  };
  useDocumentEvent('dragover', event => {
    if (isForField(event)) return;
    // Without this the browser would open what is dropped, in the place of the popup.
    event.preventDefault();
    const takesFiles = isOpen && hasFiles(event);
    if (event.dataTransfer) event.dataTransfer.dropEffect = takesFiles ? 'copy' : 'none';
    setOver(hasFiles(event));
    clearTimeout(silence.current);
    silence.current = setTimeout(leave, silenceMs);
  });
  useDocumentEvent('dragleave', event => {
    if (event.relatedTarget === null) leave();
  });
  useDocumentEvent('drop', event => {
    leave();
    if (isForField(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (isOpen && files.length > 0) onFiles(files);
  });
  return isOver;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

/** Inputs into which no text can be dropped: an address that falls on one of them would be opened. */
const textless: ReadonlySet<string> = new Set([
  'checkbox',
  'radio',
  'file',
  'button',
  'submit',
  'range',
  'color',
]);

/** Text that is dragged into a field for text goes there, as everywhere. */
function isForField(event: DragEvent): boolean {
  const { target } = event;
  const isInput = target instanceof HTMLInputElement && !textless.has(target.type);
  const isField = (isInput || target instanceof HTMLTextAreaElement) && !target.readOnly && !target.disabled;
  return isField && !hasFiles(event);
}
