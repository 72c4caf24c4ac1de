import type { Mark, MarkColour } from '../core/marks/mark.ts';
import { stepNumbers } from '../core/marks/order.ts';
import type { SecretKind } from '../core/redaction/secret-kind.ts';
import { clip, oneLine } from '../core/text.ts';
import { type TextKey, text } from '../platform/localised-text.ts';
import { toolName } from './tools.ts';

const colourKeys: Record<MarkColour, TextKey> = {
  red: 'colourRed',
  orange: 'colourOrange',
  yellow: 'colourYellow',
  green: 'colourGreen',
  blue: 'colourBlue',
  black: 'colourBlack',
  white: 'colourWhite',
};

const secretKeys: Record<SecretKind, TextKey> = {
  email: 'secretEmail',
  phone: 'secretPhone',
  card: 'secretCard',
  iban: 'secretIban',
  token: 'secretToken',
  password: 'secretPassword',
  own: 'secretOwn',
};

/** As much of a mark's words as its name holds. */
const wordsLimitCharacters = 60;

export function colourName(colour: MarkColour): string {
  return text(colourKeys[colour]);
}

/** What kind of mark it is, in a word: `Arrow`, `Redaction`. */
export function kindName(mark: Mark): string {
  return mark.tool === 'redact' ? text('markRedaction') : toolName(mark.tool);
}

/** The names of all marks by id, each its own: `Arrow 2 of 5, red`. */
export function markNames(marks: readonly Mark[]): ReadonlyMap<string, string> {
  const numbers = stepNumbers(marks);
  return new Map(
    marks.map((mark, index) => [
      mark.id,
      [
        text('markOf', kindName(mark), index + 1, marks.length),
        ...details(mark, numbers.get(mark.id) ?? 0),
      ].join(', '),
    ]),
  );
}

function details(mark: Mark, stepNumber: number): string[] {
  if (mark.tool === 'redact') {
    return mark.found === null ? [] : [text('markFound', text(secretKeys[mark.found]))];
  }
  const colour = colourName(mark.style.colour).toLocaleLowerCase();
  if (mark.tool !== 'text' && mark.tool !== 'step') return [colour];
  const words = clip(oneLine(mark.text), wordsLimitCharacters);
  const said = words === '' ? [] : [text('markWords', words)];
  return mark.tool === 'step' ? [colour, text('markNumber', stepNumber), ...said] : [colour, ...said];
}
