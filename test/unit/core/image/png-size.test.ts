import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { pngSize } from '../../../../src/core/image/png-size.ts';

test('the size stands in the first bytes of a PNG', () => {
  const bytes = PNG.sync.write(new PNG({ width: 321, height: 123 }));
  expect(pngSize(bytes.subarray(0, 24))).toEqual({ widthPx: 321, heightPx: 123 });
});

test('other bytes have no size', () => {
  expect(pngSize(new Uint8Array(24))).toBeNull();
  expect(pngSize(PNG.sync.write(new PNG({ width: 1, height: 1 })).subarray(0, 20))).toBeNull();
});
