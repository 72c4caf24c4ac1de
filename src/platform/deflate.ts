import type { Deflater } from '../core/image/png/deflater.ts';

/** A compressor of the browser's own. */
export function openDeflater(): Deflater {
  const stream = new CompressionStream('deflate');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  const done = (async () => {
    while (true) {
      const { value } = await reader.read();
      if (!value) return;
      parts.push(value);
      sizeBytes += value.length;
    }
  })();
  return {
    // A copy: Node's stream keeps the very bytes and looks at them later.
    write: bytes => writer.write(bytes.slice()),
    sizeBytes: () => sizeBytes,
    async end() {
      await writer.close();
      await done;
      return parts;
    },
    drop() {
      void writer.abort().catch(() => undefined);
      void done.catch(() => undefined);
      parts.length = 0;
    },
  };
}
