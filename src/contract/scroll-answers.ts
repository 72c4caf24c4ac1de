import { z } from './zod.ts';

// What the scroller that runs in a page answers. It is our own script, but it reads a page that may lie about
// everything: numbers without end or of absurd size are no answer.

const number = z.number().check(z.minimum(-1e7), z.maximum(1e7));
const length = z.number().check(z.minimum(0), z.maximum(1e7));
const positive = z.number().check(z.gt(0), z.maximum(1e7));
const point = { x: number, y: number };

const viewSchema = z.strictObject({
  width: positive,
  height: positive,
  pinch: z.strictObject({ ...point, scale: positive }),
});

export const pageViewSchema = z.strictObject({ view: viewSchema, scroll: z.strictObject(point) });

export type PageView = z.infer<typeof pageViewSchema>;

export const slicePositionSchema = z.strictObject({
  view: viewSchema,
  origin: z.strictObject(point),
  clip: z.strictObject({ ...point, width: length, height: length }),
  size: z.strictObject({ width: positive, height: positive }),
  atEnd: z.strictObject({ x: z.boolean(), y: z.boolean() }),
  isCut: z.boolean(),
});

export const scrollPlanSchema = z.strictObject({
  /** Frames that it takes, as far as is known now. */
  slices: z.int().check(z.minimum(1)),
  /** All is in view already: nothing is scrolled and nothing in the page is touched. */
  isUntouched: z.boolean(),
  position: slicePositionSchema,
});

export type ScrollPlan = z.infer<typeof scrollPlanSchema>;
