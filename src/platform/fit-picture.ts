import { nextScale } from '../core/image/fit-plan.ts';
import { losslessFit, type PictureFit } from '../core/image/picture-fit.ts';
import { fail, ok, type Result } from '../core/result.ts';

export interface FitOptions {
  limitBytes: number;
  signal?: AbortSignal;
  pngBytes?: Blob;
}
export interface FittedPicture {
  blob: Blob;
  fit: PictureFit;
  widthPx: number;
  heightPx: number;
  encodes: number;
}

export async function fitPicture(
  picture: ImageBitmap | OffscreenCanvas,
  { limitBytes, pngBytes }: FitOptions,
): Promise<Result<FittedPicture>> {
  const { width, height } = picture;
  if (pngBytes && pngBytes.size <= limitBytes) {
    return ok({ blob: pngBytes, fit: losslessFit, widthPx: width, heightPx: height, encodes: 0 });
  }
  let scale = 1;
  for (let encodes = 1; ; encodes++) {
    const widthPx = Math.max(1, Math.round(width * scale));
    const heightPx = Math.max(1, Math.round(height * scale));
    const canvas = new OffscreenCanvas(widthPx, heightPx);
    const context = canvas.getContext('2d');
    if (!context) return fail({ kind: 'image-unreadable' });
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, widthPx, heightPx);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    if (blob.size <= limitBytes)
      return ok({ blob, fit: { ...losslessFit, scale }, widthPx, heightPx, encodes });
    scale = nextScale(scale, blob.size, limitBytes);
  }
}
