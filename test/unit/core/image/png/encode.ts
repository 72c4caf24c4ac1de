import { openQuickDeflater } from '../../../../../src/core/image/deflate/quick-deflater.ts';
import { type Coding, coderOf, compressorOf, formatOf } from '../../../../../src/core/image/fit/coding.ts';
import { pngData, pngEnd, pngHead } from '../../../../../src/core/image/png/png-chunks.ts';
import { openDeflater } from '../../../../../src/platform/deflate.ts';
import type { MadePicture } from './made-picture.ts';

/** The picture as a PNG, coded in bands of `bandRows`. */
export async function encode({ widthPx, heightPx, pixels }: MadePicture, coding: Coding, bandRows = 7) {
  const coder = coderOf(widthPx, coding);
  const deflater = compressorOf(coding) === 'quick' ? openQuickDeflater() : openDeflater();
  for (let row = 0; row < heightPx; row += bandRows) {
    await deflater.write(coder.code(pixels.subarray(row * widthPx, (row + bandRows) * widthPx)));
  }
  const data = (await deflater.end()).flatMap(pngData);
  const parts = [...pngHead(widthPx, heightPx, formatOf(coding)), ...data, ...pngEnd()];
  return { png: new Uint8Array(Buffer.concat(parts)), maxError: coder.maxError?.() ?? 0 };
}
