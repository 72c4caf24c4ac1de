import { pngSize } from './png-size.ts';

interface Size {
  widthPx: number;
  heightPx: number;
}

/**
 * The size that a picture of this type (`pictureType`) states before its pixels; null when it is not known. Some hundred
 * bytes can state a size that takes gigabytes when it is decoded.
 */
export function statedSize(type: string, bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (type) {
      case 'image/png':
        return pngSize(bytes);
      case 'image/jpeg':
        return jpegSize(view);
      case 'image/gif':
        return { widthPx: view.getUint16(6, true), heightPx: view.getUint16(8, true) };
      case 'image/bmp':
        return { widthPx: Math.abs(view.getInt32(18, true)), heightPx: Math.abs(view.getInt32(22, true)) };
      case 'image/webp':
        return extendedWebpSize(view);
      default:
        return null;
    }
  } catch (cause) {
    // It ends before it said so.
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/** Markers that begin a frame (ITU-T T.81, table B.1): C0 to CF without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function jpegSize(view: DataView): Size | null {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) return { widthPx: view.getUint16(at + 7), heightPx: view.getUint16(at + 5) };
    // Any number of FF may stand before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The other kinds of WebP cannot state more than a canvas takes. */
function extendedWebpSize(view: DataView): Size | null {
  const isExtended = view.getUint32(12) === 0x56503858;
  if (!isExtended) return null;
  const side = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000 + 1;
  return { widthPx: side(24), heightPx: side(27) };
}
