import { type ExifFacts, readExif } from './tiff.ts';

/**
 * What is to be done with the bytes of a picture so that it tells no place: nothing; these parts instead of them, with
 * the very same pixels; or not known, and then only its pixels may be sent.
 */
export type Cleaned =
  | { kind: 'as-it-is' }
  | { kind: 'stripped'; parts: Uint8Array<ArrayBuffer>[] }
  | { kind: 'unclear' };

/** XMP of places, and the places of IPTC in it. */
const placeWords = /GPS(?:Latitude|Longitude|Position)|photoshop:City|Iptc4xmp\w*:(?:Location|Sublocation)/;

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

/** Whether a text in a picture tells a place, as far as can be read. */
export function tellsPlace(bytes: Uint8Array): boolean {
  return placeWords.test(textOf(bytes));
}

/** What all EXIF blocks of a picture say together; null when one of them is broken. */
export function readAllExif(blocks: readonly Uint8Array[]): ExifFacts | null {
  const all: ExifFacts = { hasLocation: false, orientation: 1 };
  for (const block of blocks) {
    const facts = readExif(block);
    if (!facts) return null;
    all.hasLocation ||= facts.hasLocation || tellsPlace(block);
    if (all.orientation === 1) all.orientation = facts.orientation;
  }
  return all;
}

/** Whether something stands behind the end of a picture: padding does not count. */
export function hasTail(bytes: Uint8Array, end: number): boolean {
  return bytes.subarray(end).some(byte => byte !== 0);
}
