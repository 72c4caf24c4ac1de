import { fail, ok, type Result } from '../core/result.ts';

/** Decodes for real, so that damaged bytes are refused here and not by the server. */
export async function decodePicture(blob: Blob): Promise<Result<ImageBitmap>> {
  try {
    return ok(await createImageBitmap(blob));
  } catch {
    return fail({ kind: 'image-unreadable' });
  }
}
