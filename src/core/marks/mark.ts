import type { Point, Rect } from '../image/geometry.ts';
import type { SecretKind } from '../redaction/secret-kind.ts';

/** How a mark looks. Widths and letter sizes are of the picture, in px. */
export interface MarkStyle {
  colour: MarkColour;
  widthPx: number;
}

export const markColours = ['red', 'orange', 'yellow', 'green', 'blue', 'black', 'white'] as const;
export type MarkColour = (typeof markColours)[number];

/**
 * One mark on a picture, as data: places are in px of the picture as it was captured, from its top left corner.
 * The order of a picture's marks is their z-order, last on top; redactions are burnt in below all others.
 */
export type Mark = { id: string } & (
  | { tool: 'arrow' | 'line'; from: Point; to: Point; style: MarkStyle }
  | { tool: 'box'; rect: Rect; style: MarkStyle }
  | { tool: 'pen'; points: Point[]; style: MarkStyle }
  | { tool: 'text'; at: Point; widthPx: number; letterPx: number; text: string; style: MarkStyle }
  /** Its number is its place among the steps. */
  | { tool: 'step'; at: Point; text: string; style: MarkStyle }
  | { tool: 'highlight'; rect: Rect; style: MarkStyle }
  /** `found` says what was found there by itself; null when the person covered it. */
  | { tool: 'redact'; rect: Rect; found: SecretKind | null }
);

export type MarkTool = Mark['tool'];

/** All that is drawn on a picture, and what is left of it: `crop` in px of the picture as captured, null = all. */
export interface PictureMarks {
  marks: readonly Mark[];
  crop: Rect | null;
}

/** Most marks on one picture: more than a person draws, and as much as a page full of addresses proposes. */
export const markLimit = 2_000;
