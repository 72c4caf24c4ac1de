import type { Rect } from '../core/image/geometry.ts';
import { type Mark, markColours, markLimit, type PictureMarks } from '../core/marks/mark.ts';
import { penPointLimit } from '../core/marks/pen-points.ts';
import { secretKinds } from '../core/redaction/secret-kind.ts';
import { z } from './zod.ts';

/** Longest text of one mark, in UTF-16 units. */
export const markTextLimitCharacters = 2_000;

// Zod's numbers are finite. No picture is near as large as this, and sums of such numbers stay exact.
const farthestPx = 1_000_000;
const place = z.number().check(z.gte(-farthestPx), z.lte(farthestPx));
const length = z.number().check(z.gte(0), z.lte(farthestPx));
const thickness = z.number().check(z.gt(0), z.lte(10_000));
const id = z.string().check(z.minLength(1), z.maxLength(64));
const words = z.string().check(z.maxLength(markTextLimitCharacters));

const point = z.strictObject({ x: place, y: place });
const rect: z.ZodMiniType<Rect> = z.strictObject({ x: place, y: place, width: length, height: length });
const style = z.strictObject({ colour: z.enum(markColours), widthPx: thickness });
const pen = z.array(point).check(z.minLength(1), z.maxLength(penPointLimit));

const mark: z.ZodMiniType<Mark> = z.discriminatedUnion('tool', [
  z.strictObject({ id, tool: z.enum(['arrow', 'line']), from: point, to: point, style }),
  z.strictObject({ id, tool: z.literal('box'), rect, style }),
  z.strictObject({ id, tool: z.literal('pen'), points: pen, style }),
  z.strictObject({
    id,
    tool: z.literal('text'),
    at: point,
    widthPx: thickness,
    letterPx: thickness,
    text: words,
    style,
  }),
  z.strictObject({ id, tool: z.literal('step'), at: point, text: words, style }),
  z.strictObject({ id, tool: z.literal('highlight'), rect, style }),
  z.strictObject({ id, tool: z.literal('redact'), rect, found: z.nullable(z.enum(secretKinds)) }),
]);

/** The marks of a picture: no two with the same id. */
export const marksSchema: z.ZodMiniType<Mark[]> = z.array(mark).check(
  z.maxLength(markLimit),
  z.refine(marks => new Set(marks.map(({ id }) => id)).size === marks.length),
);

/** What a picture is cropped to: at least one whole pixel. */
export const cropSchema: z.ZodMiniType<Rect | null> = z.nullable(
  z.strictObject({
    x: place,
    y: place,
    width: length.check(z.gte(1)),
    height: length.check(z.gte(1)),
  }),
);

/** All that the editor sends of a picture. */
export const pictureMarksSchema: z.ZodMiniType<PictureMarks> = z.strictObject({
  marks: marksSchema,
  crop: cropSchema,
});

/** The ids of the marks that an editor knows; after a save that failed by half, those of each try. */
export const markIdsSchema = z.array(id).check(z.maxLength(10_000));
