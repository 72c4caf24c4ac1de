import { attributeOf, styleOf } from './boxes.ts';

/** The text that styles put before or behind what an element holds; empty when there is none that can be read. */
export function generatedText(
  element: Element,
  pseudo: '::before' | '::after',
): { text: string; isInline: boolean } {
  const style = styleOf(element, pseudo);
  const content = style?.getPropertyValue('content') ?? '';
  if (!style || content === '' || content === 'none' || content === 'normal')
    return { text: '', isInline: true };
  const isHidden =
    style.getPropertyValue('display') === 'none' || style.getPropertyValue('visibility') !== 'visible';
  // An alternative text for screen readers follows behind a slash outside of quotes; it is not seen.
  const parts = content.matchAll(/"((?:[^"\\]|\\[\s\S])*)"|attr\(\s*([\w-]+)[^)]*\)|(\/)/g);
  let text = '';
  for (const [, quoted, attribute, slash] of parts) {
    if (slash !== undefined) break;
    text += quoted?.replace(/\\([\s\S])/g, '$1') ?? attributeOf(element, attribute ?? '') ?? '';
  }
  return { text: isHidden ? '' : text, isInline: style.getPropertyValue('display').startsWith('inline') };
}
