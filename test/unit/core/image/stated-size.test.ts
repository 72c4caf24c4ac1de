import { expect, test } from 'vitest';
import { statedSize } from '../../../../src/core/image/stated-size.ts';
import { samplePng } from '../../../integration/assembly/sample-images.ts';
import { webpOf } from '../../../support/hidden-metadata.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

test.each<[string, Uint8Array, number, number]>([
  ['image/png', samplePng(30, 20), 30, 20],
  ['image/gif', bytes('474946383961ffff0100'), 65_535, 1],
  ['image/bmp', bytes(`424d${'00'.repeat(16)}e8030000f8ffffff`), 1_000, 8],
  ['image/jpeg', bytes('ffd8ffe00004aabbffffc40003aaffc2000b08fffe0102'), 258, 65_534],
  ['image/webp', webpOf(['VP8X', Buffer.from('00000000ffff00030001', 'hex')]), 65_536, 65_540],
])('%s states its size', (type, picture, widthPx, heightPx) => {
  expect(statedSize(type, picture)).toEqual({ widthPx, heightPx });
});

test.each<[string, Uint8Array]>([
  ['image/png', bytes('89504e47')],
  ['image/jpeg', bytes('ffd8ffe0ffff')],
  ['image/jpeg', bytes('ffd8ffe00004aabb00')],
  ['image/gif', bytes('474946383961')],
  ['image/webp', webpOf(['VP8L', Buffer.from('2f00', 'hex')])],
  ['image/avif', bytes('0000002066747970')],
])('%s that is cut off or of another kind states none', (type, picture) => {
  expect(statedSize(type, picture)).toBeNull();
});
