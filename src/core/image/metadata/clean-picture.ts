import { placeInHeif } from './heif.ts';
import { type Cleaned, tellsPlace } from './hidden.ts';
import { cleanJpeg } from './jpeg.ts';
import { cleanPng } from './png.ts';
import { cleanWebp } from './webp.ts';

/**
 * Looks through a picture of this type (`pictureType`) for what tells where it was taken, and for what is hidden behind
 * its end. Without either it is `as-it-is`; where the pixels can be kept as they are it is `stripped`; what is
 * damaged, or of another kind and may tell a place, is `unclear`.
 */
export function cleanPicture(type: string, bytes: Uint8Array<ArrayBuffer>): Cleaned {
  switch (type) {
    case 'image/jpeg':
      return cleanJpeg(bytes);
    case 'image/png':
      return cleanPng(bytes);
    case 'image/webp':
      return cleanWebp(bytes);
    case 'image/avif':
      return placeInHeif(bytes) === 'none' ? { kind: 'as-it-is' } : { kind: 'unclear' };
    default:
      return tellsPlace(bytes) ? { kind: 'unclear' } : { kind: 'as-it-is' };
  }
}
