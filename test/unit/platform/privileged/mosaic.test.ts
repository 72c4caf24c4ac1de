import { afterEach, expect, test, vi } from 'vitest';
import { fail, ok } from '../../../../src/core/result.ts';
import { createMosaic } from '../../../../src/platform/privileged/mosaic.ts';

afterEach(() => void vi.unstubAllGlobals());

const tile = { from: { x: 0, y: 0, width: 100, height: 100 }, to: { x: 0, y: 0 } };
const whole = { width: 100, height: 100 };

/** The browser's canvas, which throws where it has no memory for what it is asked. */
function stubCanvas(trouble: 'drawImage' | 'convertToBlob' | 'getContext' | null) {
  const step = (name: string) => {
    if (name === trouble) throw new RangeError('Out of memory');
  };
  const close = vi.fn();
  vi.stubGlobal('createImageBitmap', async () => ({ width: 100, height: 100, close }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      width = 100;
      height = 100;
      getContext() {
        step('getContext');
        return { drawImage: () => step('drawImage') };
      }
      async convertToBlob() {
        step('convertToBlob');
        return new Blob();
      }
    },
  );
  return close;
}

test.each(['drawImage', 'getContext'] as const)(
  'memory that ends in %s is an answer, and the frame is let go',
  async trouble => {
    const close = stubCanvas(trouble);
    expect(await createMosaic(1).add(new Blob(), tile, whole)).toEqual(fail({ kind: 'image-too-large' }));
    expect(close).toHaveBeenCalledTimes(1);
  },
);

test('memory that ends while the picture is cut and encoded is an answer too', async () => {
  stubCanvas(null);
  const mosaic = createMosaic(1);
  expect(await mosaic.add(new Blob(), tile, whole)).toEqual(ok(null));
  stubCanvas('getContext');
  // Fewer rows than were drawn: they are copied to a canvas of their own.
  expect(await mosaic.finish(50)).toEqual(fail({ kind: 'image-too-large' }));
});
