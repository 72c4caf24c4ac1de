import { nameOf } from '../selection/unclobbered.ts';
import { attributeOf } from './boxes.ts';

/** What a field shows: text, or something that nobody should see; null for one that shows no text. */
export type FieldContent = { kind: 'text'; text: string } | { kind: 'secret' } | null;

const wordless = new Set(['hidden', 'checkbox', 'radio', 'range', 'color', 'image']);
/** What a browser fills in here is a secret, whatever the field's type says at the moment. */
const secretAutocomplete =
  /(?:^|\s)(?:current-password|new-password|one-time-code|cc-(?:number|csc))(?:\s|$)/i;

const optionLimit = 200;

/** By name, not `instanceof`: a frame has classes of its own. `isMasked`: its letters are drawn as dots. */
export function fieldContent(element: Element, isMasked: boolean): FieldContent {
  switch (nameOf(element)) {
    case 'input':
      return inputContent(element as HTMLInputElement, isMasked);
    case 'textarea': {
      const { value, placeholder } = element as HTMLTextAreaElement;
      return typed(element, value, placeholder, isMasked);
    }
    case 'select':
      return { kind: 'text', text: optionText(element as HTMLSelectElement) };
    default:
      return null;
  }
}

function inputContent(input: HTMLInputElement, isMasked: boolean): FieldContent {
  const { type, value, placeholder } = input;
  if (wordless.has(type)) return null;
  // What the browser filled in is seen before a script is told of it.
  if (type === 'password' && value === '' && !input.matches(':autofill'))
    return { kind: 'text', text: placeholder };
  if (type === 'password') return { kind: 'secret' };
  if (type === 'file') return { kind: 'text', text: value.split('\\').at(-1) ?? '' };
  return typed(input, value, placeholder, isMasked);
}

function typed(element: Element, value: string, placeholder: string, isMasked: boolean): FieldContent {
  if (value === '') return { kind: 'text', text: placeholder };
  const isSecret = isMasked || secretAutocomplete.test(attributeOf(element, 'autocomplete') ?? '');
  return isSecret ? { kind: 'secret' } : { kind: 'text', text: value };
}

function optionText({ options, size, multiple, selectedOptions }: HTMLSelectElement): string {
  const shown = multiple || size > 1 ? options : selectedOptions;
  return Array.from(
    { length: Math.min(shown.length, optionLimit) },
    (_, index) => shown[index]?.text ?? '',
  ).join('\n');
}
