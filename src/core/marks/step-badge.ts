import type { Rect } from '../image/geometry.ts';
import type { Mark } from './mark.ts';
import { lineHeight, type Measure, wrapText } from './text-layout.ts';

type Step = Extract<Mark, { tool: 'step' }>;

/** The words beside a badge break after so many times the size of their letters. */
const wordsWidthLetters = 14;

export function badgeRadiusPx({ style }: Step): number {
  return style.widthPx * 4;
}

export function badgeLetterPx(step: Step): number {
  return badgeRadiusPx(step) * 1.1;
}

/** The lines right of a badge, centred on it, and where they stand. No lines when it has no words. */
export function stepWords(step: Step, measure: Measure): { lines: string[]; rect: Rect } {
  const letterPx = badgeLetterPx(step);
  const lines = step.text === '' ? [] : wrapText(step.text, wordsWidthLetters * letterPx, letterPx, measure);
  const height = lines.length * letterPx * lineHeight;
  const width = Math.max(0, ...lines.map(line => measure(line, letterPx)));
  const x = step.at.x + badgeRadiusPx(step) * 1.4;
  return { lines, rect: { x, y: step.at.y - height / 2, width, height } };
}
