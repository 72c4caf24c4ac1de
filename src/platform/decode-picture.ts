import { fail, ok, type Result } from '../core/result.ts';

/** Decodes for real, so that damaged bytes are refused here and not by the server; upright, as its EXIF says. */
export async function decodePicture(blob: Blob): Promise<Result<ImageBitmap>> {
  try {
    return ok(await createImageBitmap(blob, { imageOrientation: 'from-image' }));
  } catch {
    return fail({ kind: 'image-unreadable' });
  }
}
