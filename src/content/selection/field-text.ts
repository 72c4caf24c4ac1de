import { nameOf } from './unclobbered.ts';

/** Fields whose text a person may have selected on purpose. Others show their text as dots, or have none. */
const textTypes = new Set(['text', 'search', 'url', 'tel']);

/** What a browser fills in here is a secret, whatever the field's type says at the moment. */
const secretAutocomplete = /(?:^|\s)(?:current-password|new-password|one-time-code|cc-[a-z-]+)(?:\s|$)/i;

/** The selected text of a text field; null for other elements, for secrets, and when nothing is selected in it. */
export function selectedFieldText(element: Element | null): string | null {
  if (element === null || !isTextField(element) || isSecret(element)) return null;
  const { value, selectionStart, selectionEnd } = element;
  if (selectionStart === null || selectionEnd === null || selectionStart === selectionEnd) return null;
  return value.slice(selectionStart, selectionEnd);
}

// By name, not `instanceof`: a frame has classes of its own.
function isTextField(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  if (nameOf(element) === 'textarea') return 'selectionStart' in element;
  return nameOf(element) === 'input' && textTypes.has((element as HTMLInputElement).type);
}

function isSecret(field: HTMLInputElement | HTMLTextAreaElement): boolean {
  if (secretAutocomplete.test(field.autocomplete)) return true;
  const style = field.ownerDocument.defaultView?.getComputedStyle(field);
  return !['', 'none'].includes(style?.getPropertyValue('-webkit-text-security') ?? '');
}
