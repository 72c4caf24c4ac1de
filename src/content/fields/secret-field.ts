import { nameOf } from '../selection/unclobbered.ts';

/** What a browser fills in here is a secret, whatever the field's type says at the moment. */
const secretAutocomplete =
  /(?:^|\s)(?:current-password|new-password|one-time-code|cc-(?:number|csc|exp\S*))(?:\s|$)/i;

/** A password that is being shown is in a field of text. */
const secretName = /passw|passcode|pwd|passphrase/i;

/** Whether a field is for what nobody should see; nothing of it is read then. */
export function isSecretField(element: Element): boolean {
  if (!['input', 'textarea'].includes(nameOf(element))) return false;
  const attribute = (name: string) => Element.prototype.getAttribute.call(element, name) ?? '';
  return (
    (element as HTMLInputElement).type === 'password' ||
    attribute('type').trim().toLowerCase() === 'password' ||
    secretAutocomplete.test(attribute('autocomplete')) ||
    secretName.test(`${attribute('name')} ${attribute('id')}`) ||
    isDrawnAsDots(element)
  );
}

function isDrawnAsDots(element: Element): boolean {
  const style = element.ownerDocument.defaultView?.getComputedStyle(element);
  return !['', 'none'].includes(style?.getPropertyValue('-webkit-text-security') ?? '');
}
