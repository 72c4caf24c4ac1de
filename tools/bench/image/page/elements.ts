/** A new element with a style, a text or children; appended by whoever asks. */
export function element(
  style: string,
  content: string | readonly (HTMLElement | SVGElement)[] = '',
  tag: keyof HTMLElementTagNameMap = 'div',
): HTMLElement {
  const made = document.createElement(tag);
  made.style.cssText = style;
  if (typeof content === 'string') made.textContent = content;
  else made.append(...content);
  return made;
}

/** A drawing of the size, in CSS px, with these shapes. */
export function drawing(width: number, height: number, shapes: readonly SVGElement[]): SVGElement {
  return shape('svg', { width, height, viewBox: `0 0 ${width} ${height}` }, shapes);
}

export function shape(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly SVGElement[] = [],
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}
