import { intersection, type Rect } from '../image/geometry.ts';
import { oneLine } from '../text.ts';
import { boundsOf } from './bounds.ts';
import type { PictureMarks } from './mark.ts';
import { stepNumbers } from './order.ts';
import type { Measure } from './text-layout.ts';

/** How each line is put in the person's language. */
export interface DescriptionPhrases {
  step: (stepNumber: number, words: string) => string;
  text: (words: string) => string;
}

/**
 * What goes with a marked picture in the ticket: the words of its steps by number, then its texts. Boxes speak for
 * themselves, and of what they cover nothing is said. Neither is of what the crop takes away. Empty when there is
 * nothing to say.
 */
export function describeMarks(
  { marks, crop }: PictureMarks,
  phrases: DescriptionPhrases,
  measure: Measure,
): string[] {
  const shown = marks.filter(mark => crop === null || touches(boundsOf(mark, measure), crop));
  const numbers = stepNumbers(marks);
  const steps = shown.flatMap(mark => {
    const words = mark.tool === 'step' ? oneLine(mark.text) : '';
    return words === '' ? [] : [phrases.step(numbers.get(mark.id) ?? 0, words)];
  });
  const texts = shown.flatMap(mark => {
    const words = mark.tool === 'text' ? oneLine(mark.text) : '';
    return words === '' ? [] : [phrases.text(words)];
  });
  return [...steps, ...texts];
}

function touches(bounds: Rect, crop: Rect): boolean {
  return intersection(bounds, crop) !== null;
}
