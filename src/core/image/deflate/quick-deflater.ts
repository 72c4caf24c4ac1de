import type { Deflater } from '../png/deflater.ts';
import { adler32 } from './adler32.ts';
import { createBlockWriter } from './block-writer.ts';
import { createMatchFinder } from './match-finder.ts';

/**
 * A compressor for filtered pixels: about a tenth of the time of the browser's, for files of about the same size where
 * differences are noise-like. Text and drawings are better off with the browser's.
 */
export function openQuickDeflater(): Deflater {
  const writer = createBlockWriter();
  const finder = createMatchFinder(writer.block);
  // Deflate with a window of 32 kB, no dictionary, the fastest level (RFC 1950).
  const parts: Uint8Array<ArrayBuffer>[] = [Uint8Array.of(0x78, 0x01)];
  let sizeBytes = 2;
  let sum = 1;
  const keep = (part: Uint8Array<ArrayBuffer>) => {
    if (part.length === 0) return;
    parts.push(part);
    sizeBytes += part.length;
  };
  return {
    async write(bytes) {
      sum = adler32(bytes, sum);
      finder.add(bytes);
      keep(writer.take(false));
    },
    sizeBytes: () => sizeBytes,
    async end() {
      finder.end();
      keep(writer.take(true));
      const tail = new Uint8Array(4);
      new DataView(tail.buffer).setUint32(0, sum);
      keep(tail);
      return parts;
    },
    drop() {
      parts.length = 0;
    },
  };
}
