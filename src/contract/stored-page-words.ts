import type { Rect } from '../core/image/geometry.ts';
import type { PageWords } from '../core/redaction/page-words.ts';
import { z } from './zod.ts';

const rect = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };

/** The words of a stored picture, in its px: the JSON in the blob that `wordsBlobId` names. */
export const storedPageWordsSchema: z.ZodMiniType<PageWords> = z.strictObject({
  blocks: z.array(
    z.strictObject({
      text: z.string(),
      words: z.array(z.strictObject({ ...rect, start: z.number(), end: z.number() })),
    }),
  ),
  secretFields: z.array<z.ZodMiniType<Rect>>(z.strictObject(rect)),
  isCut: z.boolean(),
});
