/**
 * Gives an element other values of CSS properties until the answered function is called. An animation that has ended
 * and stays does it: unlike the style attribute it leaves no trace in the document, and taking it back is exact. Only
 * where the page's own rule is `!important`, and so stronger, the style attribute is used.
 */
export function overrideStyle(element: Element, values: Readonly<Record<string, string>>): () => void {
  const frame = Object.fromEntries(Object.entries(values).map(([name, value]) => [camelCase(name), value]));
  const animation = Element.prototype.animate.call(element, [frame], { duration: 0, fill: 'forwards' });
  const style = getComputedStyle(element);
  const isTaken = Object.entries(values).every(([name, value]) => style.getPropertyValue(name) === value);
  const restoreInline = isTaken ? null : overrideInline(element, values);
  return () => {
    animation.cancel();
    restoreInline?.();
  };
}

function overrideInline(element: Element, values: Readonly<Record<string, string>>): (() => void) | null {
  if (!(element instanceof HTMLElement || element instanceof SVGElement)) return null;
  const { style } = element;
  if (!(style instanceof CSSStyleDeclaration)) return null;
  const attribute = Element.prototype.getAttribute.call(element, 'style');
  for (const [name, value] of Object.entries(values)) style.setProperty(name, value, 'important');
  return () => {
    // Chromium writes the attribute only when it is asked for, and one that is not written it does not take away.
    Element.prototype.getAttribute.call(element, 'style');
    if (attribute === null) Element.prototype.removeAttribute.call(element, 'style');
    else Element.prototype.setAttribute.call(element, 'style', attribute);
  };
}

/** Keyframes name properties as scripts do. */
function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
