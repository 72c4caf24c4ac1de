import { nextScale } from '../../core/image/fit-plan.ts';
import { fail, ok, type Result } from '../../core/result.ts';

interface FittedImage {
  blob: Blob;
  /** Side length over the original's; 1 = full size. */
  scale: number;
}

interface ImageSize {
  widthPx: number;
  heightPx: number;
}

/** Decodes for real, so that damaged bytes are refused here and not by the server. */
export async function decodeImage(blob: Blob): Promise<Result<ImageBitmap>> {
  try {
    return ok(await createImageBitmap(blob));
  } catch {
    return fail({ kind: 'image-unreadable' });
  }
}

/**
 * A PNG of the picture with at most `limitBytes`. PNG bytes that fit already are kept as they are, because the
 * browser's own are smaller than what a canvas makes of the same pixels.
 */
export async function fitImage(
  blob: Blob,
  bitmap: ImageBitmap,
  limitBytes: number,
): Promise<Result<FittedImage>> {
  if (blob.type === 'image/png' && blob.size <= limitBytes) return ok({ blob, scale: 1 });
  let scale = 1;
  while (true) {
    const widthPx = Math.max(1, Math.round(bitmap.width * scale));
    const heightPx = Math.max(1, Math.round(bitmap.height * scale));
    const encoded = await encodePng(bitmap, { widthPx, heightPx });
    if (!encoded.ok) return encoded;
    if (encoded.value.size <= limitBytes) return ok({ blob: encoded.value, scale });
    if (widthPx === 1 && heightPx === 1) return fail({ kind: 'image-too-large' });
    scale = nextScale(scale, encoded.value.size, limitBytes);
  }
}

// Past these, OffscreenCanvas fails without a word.
const canvasSideLimitPx = 65_535;
const canvasAreaLimitPx = 268_435_456;

async function encodePng(bitmap: ImageBitmap, size: ImageSize): Promise<Result<Blob>> {
  const { widthPx, heightPx } = size;
  if (Math.max(widthPx, heightPx) > canvasSideLimitPx || widthPx * heightPx > canvasAreaLimitPx) {
    return fail({ kind: 'image-too-large' });
  }
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d');
  if (!context) return fail({ kind: 'image-unreadable' });
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, widthPx, heightPx);
  try {
    return ok(await canvas.convertToBlob({ type: 'image/png' }));
  } catch {
    return fail({ kind: 'image-too-large' });
  }
}
