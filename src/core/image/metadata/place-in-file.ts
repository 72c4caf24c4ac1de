import { pictureType } from '../picture-type.ts';
import { cleanPicture } from './clean-picture.ts';
import { placeInHeif, type ToldPlace } from './heif.ts';
import { tellsPlace, textOf } from './hidden.ts';
import { readExif } from './tiff.ts';

/** TIFF, BigTIFF, and what two makers of cameras made of it. */
const tiffStart = /^(?:II[*+]\0|MM\0[*+]|IIU\0|IIR[OS])/;
/** HEIC, its sequences, what only says that it is HEIF, and the raw pictures of a maker of cameras. */
const heifStart = /^.{4}ftyp(?:he[iv][a-z]|mif1|msf1|avi[fs]|crx )/s;
/** A scan of many pages has as many. */
const pageLimit = 100;

/**
 * Whether a file that is sent as it is tells where it was taken: a photo that no browser draws (TIFF, HEIC, raw), or a picture that
 * is damaged or too large to be drawn. Of what is no photo 'none' is answered, whatever stands in it.
 */
export function placeInFile(bytes: Uint8Array<ArrayBuffer>): ToldPlace {
  const head = textOf(bytes.subarray(0, 12));
  if (tiffStart.test(head)) return placeInTiff(bytes);
  if (heifStart.test(head)) return placeInHeif(bytes);
  const type = pictureType(bytes);
  return type === null || cleanPicture(type, bytes).kind === 'as-it-is' ? 'none' : 'unknown';
}

function placeInTiff(bytes: Uint8Array): ToldPlace {
  const facts = readExif(bytes, pageLimit);
  if (facts?.hasLocation || tellsPlace(bytes)) return 'told';
  return facts ? 'none' : 'unknown';
}
