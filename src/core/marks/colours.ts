import type { MarkColour } from './mark.ts';

export const black = '#000000';
export const white = '#ffffff';

/** A mark's colour with the ring around it, black or white, whichever stands out from it more. */
export interface Ink {
  core: string;
  ring: string;
  /** Around the ring, the opposite of it: of black and white one has at least 4.5:1 on any ground. */
  rim: string;
}

const cores: Record<MarkColour, string> = {
  red: '#d11a2a',
  orange: '#ff8a1f',
  yellow: '#ffd60a',
  green: '#12803c',
  blue: '#1d5bd8',
  black,
  white,
};

const lightColours: readonly MarkColour[] = ['orange', 'yellow', 'white'];

export function inkOf(colour: MarkColour): Ink {
  const isLight = lightColours.includes(colour);
  return { core: cores[colour], ring: isLight ? black : white, rim: isLight ? white : black };
}

/** What a highlight multiplies with: light, so that dark text under it stays readable. */
const washes: Record<MarkColour, string> = {
  red: '#ffb3b8',
  orange: '#ffcf99',
  yellow: '#fff06a',
  green: '#a9efbf',
  blue: '#b5d2ff',
  black: '#b8b8b8',
  white: '#dcdcdc',
};

export function washOf(colour: MarkColour): string {
  return washes[colour];
}
