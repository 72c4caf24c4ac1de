/** What of a picture's EXIF (a TIFF of tags) matters before it is sent. */
export interface ExifFacts {
  hasLocation: boolean;
  /** 1–8 as EXIF counts them; 1: upright. */
  orientation: number;
}

const tags = { orientation: 0x0112, gps: 0x8825 };
/** The version of the GPS block says nothing of a place. */
const gpsVersionTag = 0;
const entryBytes = 12;
/** The picture, its thumbnail; more are no picture's. */
const exifDirectories = 4;

/**
 * Reads a TIFF (EXIF 2.32, 4.6); null when it is broken or has more directories, and what stands in it is not known.
 */
export function readExif(tiff: Uint8Array, directoryLimit = exifDirectories): ExifFacts | null {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const facts: ExifFacts = { hasLocation: false, orientation: 1 };
  try {
    const order = view.getUint16(0);
    const isLittle = order === 0x4949;
    if ((!isLittle && order !== 0x4d4d) || view.getUint16(2, isLittle) !== 42) return null;
    let at = view.getUint32(4, isLittle);
    for (let count = 0; at !== 0; count += 1) {
      // What stands behind them is not looked at, so it is not known.
      if (count === directoryLimit) return null;
      const entries = entriesAt(view, at, isLittle);
      for (const { tag, valueAt } of entries) {
        if (tag === tags.orientation && count === 0) facts.orientation = view.getUint16(valueAt, isLittle);
        if (tag === tags.gps) facts.hasLocation ||= isPlace(view, valueAt, isLittle);
      }
      const nextAt = at + 2 + entries.length * entryBytes;
      // Some writers leave out that there is no other.
      at = nextAt + 4 <= tiff.length ? view.getUint32(nextAt, isLittle) : 0;
    }
  } catch (cause) {
    // It points behind its own end.
    if (cause instanceof RangeError) return null;
    throw cause;
  }
  if (facts.orientation < 1 || facts.orientation > 8) facts.orientation = 1;
  return facts;
}

function isPlace(view: DataView, pointerAt: number, isLittle: boolean): boolean {
  const entries = entriesAt(view, view.getUint32(pointerAt, isLittle), isLittle);
  return entries.some(({ tag }) => tag !== gpsVersionTag);
}

function entriesAt(view: DataView, at: number, isLittle: boolean): { tag: number; valueAt: number }[] {
  const count = view.getUint16(at, isLittle);
  return Array.from({ length: count }, (_, index) => {
    const entryAt = at + 2 + index * entryBytes;
    return { tag: view.getUint16(entryAt, isLittle), valueAt: entryAt + 8 };
  });
}

/** A TIFF that says how a picture is to be turned, and nothing else. */
export function orientationTiff(orientation: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(26);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x4d4d);
  view.setUint16(2, 42);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, tags.orientation);
  // One number of 16 bits.
  view.setUint16(12, 3);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return bytes;
}
