import type { Failure } from '../core/failure.ts';
import { fitsCanvas } from '../core/image/canvas-limits.ts';
import { intersection, outwardRect, type Rect } from '../core/image/geometry.ts';
import { drawingOf } from '../core/marks/drawing.ts';
import { inwardRect } from '../core/marks/inward-rect.ts';
import type { PictureMarks } from '../core/marks/mark.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { measureOn, paint } from './paint-marks.ts';

/** Pixels that are read back at once; keeps the copy small for a box over a whole page. */
const readBackPx = 1_000_000;

const opaqueBlack = new Uint32Array(new Uint8Array([0, 0, 0, 255]).buffer)[0];

/**
 * Burns the marks into a picture: the crop of it with the redactions as opaque black on whole pixels, read back and
 * compared pixel by pixel, and only then all other marks. What the crop takes away is never drawn.
 *
 * Fails closed. With a redaction among the marks, any trouble is `redaction-failed` and there is no picture; without
 * one it is `image-too-large` or `image-unreadable`. The bitmap stays open.
 */
export function flattenPicture(picture: ImageBitmap, marks: PictureMarks): Result<OffscreenCanvas> {
  const hasRedactions = marks.marks.some(({ tool }) => tool === 'redact');
  const flattened = flatten(picture, marks);
  return flattened.ok || !hasRedactions ? flattened : fail({ kind: 'redaction-failed' });
}

function flatten(picture: ImageBitmap, { marks, crop }: PictureMarks): Result<OffscreenCanvas> {
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  const kept = crop === null ? whole : intersection(inwardRect(crop), whole);
  if (kept === null || kept.width === 0 || kept.height === 0) return fail({ kind: 'image-unreadable' });
  if (!fitsCanvas(kept.width, kept.height)) {
    return fail({ kind: 'image-too-large' });
  }
  try {
    const canvas = new OffscreenCanvas(kept.width, kept.height);
    // Without a graphics card in between, what is read back is what will be encoded.
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context || canvas.width !== kept.width || canvas.height !== kept.height) return unreadable();
    context.drawImage(picture, -kept.x, -kept.y);

    const covered = marks.flatMap(mark => {
      const box = mark.tool === 'redact' ? intersection(outwardRect(mark.rect), kept) : null;
      return box === null ? [] : [{ ...box, x: box.x - kept.x, y: box.y - kept.y }];
    });
    context.fillStyle = '#000000';
    for (const { x, y, width, height } of covered) context.fillRect(x, y, width, height);
    if (!covered.every(box => isBlack(context, box))) return unreadable();

    context.translate(-kept.x, -kept.y);
    const others = marks.filter(({ tool }) => tool !== 'redact');
    for (const { primitives } of drawingOf(others, measureOn(context))) paint(context, primitives);
    // What was drawn on a lost context is nowhere.
    return context.isContextLost() ? unreadable() : ok(canvas);
  } catch {
    return unreadable();
  }
}

function unreadable(): { ok: false; failure: Failure } {
  return fail({ kind: 'image-unreadable' });
}

/** Every pixel of the box, none left out. */
function isBlack(context: OffscreenCanvasRenderingContext2D, box: Rect): boolean {
  const rows = Math.max(1, Math.floor(readBackPx / box.width));
  for (let row = 0; row < box.height; row += rows) {
    const height = Math.min(rows, box.height - row);
    const { data } = context.getImageData(box.x, box.y + row, box.width, height);
    const pixels = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
    if (pixels.length !== box.width * height || !pixels.every(pixel => pixel === opaqueBlack)) return false;
  }
  return true;
}
