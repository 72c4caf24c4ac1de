import { documentOf, nameOf } from '../selection/unclobbered.ts';

/** What a browser fills in here is a secret, whatever the field's type says at the moment. */
const secretAutocomplete =
  /(?:^|\s)(?:current-password|new-password|one-time-code|cc-(?:number|csc|exp\S*))(?:\s|$)/i;

/** A password that is being shown is in a field of text. */
const secretName = /passw|passcode|pwd|passphrase/i;

/** So many elements are looked at for dots; more hold more text than is read. */
const maskedLookLimit = 2_000;

/** Whether an element is for what nobody should see, or has something in it that is drawn as dots; nothing of it is read then. */
export function isSecret(element: Element): boolean {
  const isField = ['input', 'textarea', 'select'].includes(nameOf(element));
  return (isField && isSecretField(element)) || isDrawnAsDots(element) || holdsDots(element);
}

function isSecretField(element: Element): boolean {
  const attribute = (name: string) => Element.prototype.getAttribute.call(element, name) ?? '';
  return (
    (element as HTMLInputElement).type === 'password' ||
    attribute('type').trim().toLowerCase() === 'password' ||
    secretAutocomplete.test(attribute('autocomplete')) ||
    secretName.test(`${attribute('name')} ${attribute('id')}`)
  );
}

function holdsDots(element: Element): boolean {
  const inside = Element.prototype.querySelectorAll.call(element, '*');
  for (let index = 0; index < Math.min(inside.length, maskedLookLimit); index += 1) {
    const part = inside[index];
    if (part && nameOf(part) !== 'input' && isDrawnAsDots(part)) return true;
  }
  return false;
}

function isDrawnAsDots(element: Element): boolean {
  const style = documentOf(element)?.defaultView?.getComputedStyle(element);
  return !['', 'none'].includes(style?.getPropertyValue('-webkit-text-security') ?? '');
}
