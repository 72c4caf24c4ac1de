import { expect, test } from 'vitest';
import { describeMarks } from '../../../../src/core/marks/description.ts';
import type { Mark } from '../../../../src/core/marks/mark.ts';
import { measure } from './arbitrary-marks.ts';

const style = { colour: 'red', widthPx: 4 } as const;
const phrases = {
  step: (stepNumber: number, words: string) => `${stepNumber}. ${words}`,
  text: (words: string) => `Text: ${words}`,
};
const step = (id: string, text: string, x = 50): Mark => ({
  id,
  tool: 'step',
  at: { x, y: 50 },
  text,
  style,
});
const text = (id: string, words: string, x = 50): Mark => ({
  id,
  tool: 'text',
  at: { x, y: 50 },
  widthPx: 200,
  letterPx: 20,
  text: words,
  style,
});
const redaction = (id: string): Mark => ({
  id,
  tool: 'redact',
  rect: { x: 50, y: 50, width: 10, height: 10 },
  found: 'email',
});
const say = (marks: Mark[], crop: Parameters<typeof describeMarks>[0]['crop'] = null) =>
  describeMarks({ marks, crop }, phrases, measure);

test('steps come first with their numbers, then texts; of what is covered nothing is said', () => {
  const marks = [
    text('t', 'Look\nhere '),
    redaction('r'),
    step('a', 'Press'),
    step('b', ''),
    step('c', 'Wait'),
  ];
  expect(say(marks)).toEqual(['1. Press', '3. Wait', 'Text: Look here']);
});

test('nothing is said of a picture without words', () => {
  const box: Mark = { id: 'b', tool: 'box', rect: { x: 0, y: 0, width: 5, height: 5 }, style };
  expect(say([box, step('a', '  '), text('t', '')])).toEqual([]);
});

test('what the crop takes away is not spoken of, and the numbers stay those on the badges', () => {
  const marks = [step('a', 'Out', 900), step('b', 'In'), text('t', 'Secret', 900), text('u', 'Shown')];
  expect(say(marks, { x: 0, y: 0, width: 400, height: 400 })).toEqual(['2. In', 'Text: Shown']);
});
