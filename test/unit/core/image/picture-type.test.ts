import { expect, test } from 'vitest';
import { pictureType } from '../../../../src/core/image/picture-type.ts';

test.each([
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
  ['\xff\xd8\xff\xe1', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
  ['\0\0\0\x20ftypavif\0\0\0\0', 'image/avif'],
  ['\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf', 'image/avif'],
  ['\0\0\0\x18ftypmif1\0\0\0\0mif1miafavif', null],
  ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', null],
  ['BM\x36\0', 'image/bmp'],
  ['\0\0\x01\0\x01\0', 'image/x-icon'],
  ['RIFF\x10\0\0\0WAVEfmt ', null],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', null],
  ['%PDF-1.7', null],
  ['\x89PNG', null],
  ['', null],
])('%j is %s', (head, type) => {
  expect(pictureType(new Uint8Array(Buffer.from(head, 'latin1')))).toBe(type);
});
