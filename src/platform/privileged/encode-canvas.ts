import { fitsCanvas } from '../../core/image/canvas-limits.ts';
import { fail, ok, type Result } from '../../core/result.ts';

/** A canvas without transparency; null when the browser cannot hold one of this size. */
export function newCanvas(widthPx: number, heightPx: number) {
  if (!fitsCanvas(widthPx, heightPx)) return null;
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d', { alpha: false });
  return context && { canvas, context };
}

/** The canvas as a PNG. */
export async function encodeCanvas(canvas: OffscreenCanvas): Promise<Result<Blob>> {
  try {
    return ok(await canvas.convertToBlob({ type: 'image/png' }));
  } catch {
    return fail({ kind: 'image-too-large' });
  }
}
