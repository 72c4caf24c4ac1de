const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
/** Frame headers carry the size; C4, C8 and CC in their range are tables. */
const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;

/**
 * Walks a JPEG's segments from its start to its end marker. Pixels are not decoded.
 *
 * @returns width and height in pixels; null for a file that is damaged or cut short
 */
export function readJpegSize(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xff00 + startOfImage) return null;
  let size: { width: number; height: number } | null = null;
  let sawScan = false;
  let at = 2;
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    at += marker === 0xff ? 1 : 2;
    if (marker === 0xff) continue; // fill byte
    if (marker === endOfImage) return sawScan ? size : null;
    if (at + 2 > bytes.length) return null;
    const lengthBytes = bytes.readUInt16BE(at);
    if (lengthBytes < 2 || at + lengthBytes > bytes.length) return null;
    if (isFrameHeader(marker)) {
      if (lengthBytes < 8) return null;
      size = { height: bytes.readUInt16BE(at + 3), width: bytes.readUInt16BE(at + 5) };
      if (size.width === 0 || size.height === 0) return null;
    }
    at += lengthBytes;
    if (marker === startOfScan) {
      sawScan = true;
      at = skipScan(bytes, at);
    }
  }
  return null;
}

/** To the next marker that ends the compressed data: `FF00` is a data byte, `FFD0`–`FFD7` belong to the scan. */
function skipScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1 && at + 1 < bytes.length) {
    const next = bytes.readUInt8(at + 1);
    if (next !== 0 && !isRestart(next)) return at;
    at = bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}
