import { expect, test } from 'vitest';
import type { ImageAttachment, PictureWay } from '../../../../src/core/draft.ts';
import { losslessFit } from '../../../../src/core/image/picture-fit.ts';
import { mayGoAsPicked, wasCleaned } from '../../../../src/core/image/sent-as-picked.ts';
import { makePicture } from '../../../support/make-picture.ts';

const box = { id: 'm', tool: 'redact', rect: { x: 0, y: 0, width: 9, height: 9 }, found: null } as const;

test.each<[string, Partial<ImageAttachment>, PictureWay, boolean]>([
  ['a PNG that just fits', { sizeBytes: 3_000_000 }, 'ticket', true],
  ['a PNG that does not', { sizeBytes: 3_000_001 }, 'ticket', false],
  ['a JPEG', { type: 'image/jpeg' }, 'ticket', true],
  ['a WebP', { type: 'image/webp' }, 'ticket', false],
  ['a WebP', { type: 'image/webp' }, 'full', true],
  ['a large PNG', { sizeBytes: 32_000_000 }, 'full', true],
  ['a marked one', { marks: [box] }, 'full', false],
  ['a cropped one', { crop: box.rect }, 'ticket', false],
])('%s (%j) on its way as %s: %s', (_, changes, way, expected) => {
  expect(mayGoAsPicked(makePicture(changes), way)).toBe(expected);
});

test('other bytes than the picked ones were cleaned, unless it had to be made anew', () => {
  const sent = { blobId: 'other', type: 'image/jpeg', fit: losslessFit };
  expect(wasCleaned(makePicture(), 'ticket', sent)).toBe(true);
  expect(wasCleaned(makePicture(), 'ticket', { ...sent, blobId: 'blob' })).toBe(false);
  expect(wasCleaned(makePicture({ type: 'image/webp' }), 'ticket', sent)).toBe(false);
  expect(wasCleaned(makePicture({ marks: [box] }), 'full', sent)).toBe(false);
});
