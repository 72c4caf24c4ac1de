import type { FieldAnswer, FieldQuestion } from '../../contract/content-entries.ts';
import { fieldLimitsCharacters } from '../../core/field-limits.ts';
import { cutText, oneLine } from '../../core/text.ts';
import { nameOf, namespaceOf } from '../selection/unclobbered.ts';
import { isSecret } from './secret-field.ts';

/** As much of a text is looked at; it may be all of a page. */
const readLimitCharacters = 20_000;

const htmlNamespace = 'http://www.w3.org/1999/xhtml';

/** What the first element that a selector names holds, on one line. */
export function readField(page: Document, { selector, attribute }: FieldQuestion): FieldAnswer {
  let element: Element | null;
  try {
    element = Document.prototype.querySelector.call(page, selector);
  } catch {
    return { value: null, isInvalid: true };
  }
  const held = element && heldBy(element, attribute);
  const value = cutText(
    oneLine((held ?? '').slice(0, readLimitCharacters)),
    fieldLimitsCharacters.propertyValue,
  );
  return { value: value === '' ? null : value, isInvalid: false };
}

function heldBy(element: Element, attribute: string): string | null {
  if (isSecret(element)) return null;
  if (attribute !== '') return Element.prototype.getAttribute.call(element, attribute);
  // By name, not `instanceof`: the page may have taken the element from a frame, which has classes of its own.
  switch (namespaceOf(element) === htmlNamespace ? nameOf(element) : '') {
    case 'input':
      return inputValue(element as HTMLInputElement);
    case 'textarea':
      return (element as HTMLTextAreaElement).value;
    case 'select':
      return (element as HTMLSelectElement).value;
    case '':
      return textContentOf(element);
    default:
      return innerTextOf(element);
  }
}

function inputValue({ type, value, checked }: HTMLInputElement): string | null {
  if (type === 'file') return null;
  return (type === 'checkbox' || type === 'radio') && !checked ? null : value;
}

function textContentOf(element: Element): string | null {
  return Object.getOwnPropertyDescriptor(Node.prototype, 'textContent')?.get?.call(element) ?? null;
}

/** As it is shown: without what is hidden in it, and with blanks between its blocks. A form would answer for its fields. */
function innerTextOf(element: Element): string | null {
  return Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'innerText')?.get?.call(element) ?? null;
}
