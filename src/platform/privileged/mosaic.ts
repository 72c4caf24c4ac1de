import { firstCut, partCount, partHeightLimit, rowUnrest } from '../../core/image/split-rows.ts';
import type { Tile } from '../../core/image/tiling.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { encodeCanvas, newCanvas } from './encode-canvas.ts';

/** Rows of the whole picture that became one picture. */
export interface MosaicPart {
  png: Blob;
  top: number;
  widthPx: number;
  heightPx: number;
}

export interface Mosaic {
  /**
   * Draws a part of a frame to its place. Tiles come from the top down; `whole` is the height as it is known now.
   * Never rejects: it goes on while nobody waits for it yet.
   */
  add(png: Blob, tile: Tile, whole: { width: number; height: number }): Promise<Result<null>>;
  /** Cuts and encodes what is there, `height` rows in all. Nothing can be added after. Never rejects. */
  finish(height: number): Promise<Result<MosaicPart[]>>;
}

interface Sheet {
  canvas: OffscreenCanvas;
  context: OffscreenCanvasRenderingContext2D;
  /** The row of the whole picture that is its first. */
  top: number;
}

/**
 * Puts tiles together. Only a sheet of limited size is in memory: what is above is cut, encoded and let go when a tile
 * no longer fits. How many parts it becomes is judged by the bytes that the browser needed for the frames.
 */
export function createMosaic(maxParts: number): Mosaic {
  const parts: MosaicPart[] = [];
  let sheet: Sheet | null = null;
  let width = 0;
  let filled = 0;
  let sizeBytes = 0;

  /**
   * Encodes the parts of the sheet that are whole, by what is known of the height of it all; with `isEnd` the rest too.
   * Answers how many rows of the sheet are done.
   */
  async function cutOff(from: Sheet, whole: number, isEnd: boolean): Promise<Result<number>> {
    let start = 0;
    while (true) {
      const height = whole - from.top - start;
      const size = { widthPx: width, heightPx: height, sizeBytes: (sizeBytes / filled) * height };
      const count = partCount(size, Math.max(1, maxParts - parts.length));
      const available = Math.min(filled, whole) - from.top - start;
      const top = start;
      const unrest = (first: number, end: number) =>
        rowUnrest(from.context.getImageData(0, top + first, width, end - first).data, width);
      const cut = firstCut(height, count, { maxHeight: partHeightLimit(width), available }, unrest);
      if (cut === null && !isEnd) return ok(start);
      const end = cut === null ? start + height : start + cut;
      const png = await encodeRows(from, start, end);
      if (!png.ok) return png;
      parts.push({ png: png.value, top: from.top + start, widthPx: width, heightPx: end - start });
      start = end;
      if (cut === null) return ok(start);
    }
  }

  function encodeRows(from: Sheet, start: number, end: number): Promise<Result<Blob>> {
    if (start === 0 && end === from.canvas.height) return encodeCanvas(from.canvas);
    const canvas = new OffscreenCanvas(width, end - start);
    canvas.getContext('2d', { alpha: false })?.drawImage(from.canvas, 0, -start);
    return encodeCanvas(canvas);
  }

  /** A sheet that has room for the tile: a larger one, or one that starts further down. */
  async function sheetFor(tile: Tile, whole: { width: number; height: number }): Promise<Result<Sheet>> {
    const bottom = tile.to.y + tile.from.height;
    if (sheet && bottom <= sheet.top + sheet.canvas.height) return ok(sheet);
    let top = sheet?.top ?? 0;
    // Two screens more than a part, so that there is something to choose a cut from.
    const limit = partHeightLimit(width) + 2 * tile.from.height;
    if (sheet && bottom - top > limit) {
      const cut = await cutOff(sheet, whole.height, false);
      if (!cut.ok) return cut;
      top += cut.value;
    }
    const made = newCanvas(width, Math.max(bottom - top, Math.min(whole.height - top, limit)));
    if (!made) return fail({ kind: 'image-too-large' });
    if (sheet) {
      made.context.drawImage(sheet.canvas, 0, sheet.top - top);
      sheet.canvas.width = 0;
    }
    sheet = { ...made, top };
    return ok(sheet);
  }

  return {
    async add(png, tile, whole) {
      width ||= whole.width;
      const bitmap = await decode(png);
      if (!bitmap) return fail({ kind: 'image-unreadable' });
      try {
        const place = await sheetFor(tile, whole);
        if (!place.ok) return place;
        const { from, to } = tile;
        const { context, top } = place.value;
        context.drawImage(
          bitmap,
          ...[from.x, from.y, from.width, from.height],
          ...[to.x, to.y - top, from.width, from.height],
        );
        filled = Math.max(filled, to.y + from.height);
        sizeBytes += png.size * ((from.width * from.height) / (bitmap.width * bitmap.height));
        return ok(null);
      } catch {
        // Out of memory: the canvas, or a copy of its pixels, cannot be had.
        return fail({ kind: 'image-too-large' });
      } finally {
        bitmap.close();
      }
    },

    async finish(height) {
      if (!sheet) return fail({ kind: 'image-unreadable' });
      try {
        const cut = await cutOff(sheet, height, true);
        return cut.ok ? ok(parts) : cut;
      } catch {
        return fail({ kind: 'image-too-large' });
      } finally {
        sheet.canvas.width = 0;
        sheet = null;
      }
    },
  };
}

/** Exactly the pixels of the file: they are drawn and encoded again, and must not be converted on the way. */
async function decode(png: Blob): Promise<ImageBitmap | null> {
  return createImageBitmap(png, { colorSpaceConversion: 'none' }).catch(() => null);
}
