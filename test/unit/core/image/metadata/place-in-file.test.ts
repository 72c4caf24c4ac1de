import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeInFile } from '../../../../../src/core/image/metadata/place-in-file.ts';
import { sampleJpeg, samplePng } from '../../../../integration/assembly/sample-images.ts';
import { exif, exifOfHeif, exifOfJpeg, heifOf, jpegWith } from '../../../../support/hidden-metadata.ts';

const placeOf = (bytes: Buffer) => placeInFile(new Uint8Array(bytes));
const place = { hasPlace: true };
const picture = { type: 'hvc1', content: Buffer.alloc(40, 7) };
const xmp = (words: string) => ({ type: 'mime', content: Buffer.from(words) });
const bytesOf = (text: string) => Buffer.from(text, 'latin1');

describe('where a file was taken', () => {
  test.each<[string, Buffer]>([
    ['a TIFF', exif(place)],
    ['a TIFF in the other order of bytes', exif({ hasPlace: true, isLittle: true })],
    ['a TIFF with XMP', Buffer.concat([exif(), Buffer.from('<x exif:GPSLatitude="52,31N"/>')])],
    ['a HEIC', heifOf([picture, exifOfHeif(place)])],
    ['a HEIC with EXIF in pieces', heifOf([picture, exifOfHeif(place)], { isCut: true })],
    ['a HEIC with EXIF beside its list', heifOf([exifOfHeif(place)], { isInside: true })],
    ['a HEIC of two', heifOf([exifOfHeif(), picture, exifOfHeif(place)])],
    ['a HEIC with XMP', heifOf([picture, xmp('<x exif:GPSLongitude="13,24E"/>')])],
    ['an AVIF that no browser could draw', heifOf([exifOfHeif(place)], { brand: 'avif' })],
  ])('is told by %s', (_, bytes) => expect(placeOf(bytes)).toBe('told'));

  test.each<[string, Buffer]>([
    ['a TIFF', exif()],
    ['a HEIC', heifOf([picture, exifOfHeif()])],
    ['a HEIC without EXIF', heifOf([picture, xmp('<x/>')])],
    ['a PNG', samplePng(2, 2)],
    ['a text', bytesOf('II came, MM saw, GPSLatitude')],
    ['a PDF', bytesOf('%PDF-1.7')],
    ['a film', bytesOf('\0\0\0\x18ftypmp42\0\0\0\0mp42')],
    ['next to nothing', bytesOf('I')],
  ])('is not told by %s without a place', (_, bytes) => expect(placeOf(bytes)).toBe('none'));

  test.each<[string, Buffer]>([
    ['a TIFF that ends early', exif(place).subarray(0, 30)],
    ['a BigTIFF', bytesOf('MM\0+\0\x08\0\0')],
    ['a raw picture', bytesOf('IIU\0\x18\0\0\0')],
    ['another raw picture', bytesOf('\0\0\0\x18ftypcrx \0\0\0\x01crx isom')],
    ['a HEIC that ends early', heifOf([exifOfHeif(place)]).subarray(0, 90)],
    ['a HEIC whose EXIF is not whole', heifOf([exifOfHeif(place)]).subarray(0, -30)],
    ['a HEIC whose EXIF is none', heifOf([{ type: 'Exif', content: Buffer.alloc(20) }])],
    ['a HEIC whose XMP is compressed', heifOf([{ ...xmp('x'), encoding: 'deflate' }])],
    ['a JPEG that cannot be drawn', jpegWith(sampleJpeg, exifOfJpeg(place))],
    ['a JPEG that ends early', sampleJpeg.subarray(0, 40)],
  ])('is not known of %s', (_, bytes) => expect(placeOf(bytes)).toBe('unknown'));

  test('is answered in a moment, whatever the file is made of', () => {
    const whole = fc.constantFrom(
      exif(place),
      exif({ isLittle: true }),
      heifOf([picture, exifOfHeif(place)]),
      heifOf([exifOfHeif(), xmp('x')], { isInside: true, isCut: true }),
    );
    const changes = fc.array(fc.tuple(fc.nat(400), fc.constantFrom(0, 1, 2, 0x44, 0x88, 0x7f, 0xff)), {
      maxLength: 6,
    });
    const damaged = fc.tuple(whole, changes, fc.nat(400)).map(([whole, changes, length]) => {
      const bytes = Buffer.from(length < 40 ? whole : whole.subarray(0, length));
      for (const [at, byte] of changes) if (at >= 12 && at < bytes.length) bytes[at] = byte;
      return bytes;
    });
    const started = performance.now();
    fc.assert(
      fc.property(damaged, bytes => {
        expect(['told', 'none', 'unknown']).toContain(placeOf(bytes));
      }),
      { numRuns: 5_000 },
    );
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('does not take long to find where directories and lists lie about their length', () => {
    const loop = Buffer.alloc(1_000_000);
    loop.write('MM\0*\0\0\0\x08\xff\xff', 'latin1');
    const list = heifOf([exifOfHeif(place)]);
    const at = list.indexOf('iloc');
    list.writeUInt8(0, at + 8);
    list.writeUInt16BE(0xffff, at + 10);
    const started = performance.now();
    for (const bytes of [loop, Buffer.concat([list, Buffer.alloc(1_000_000)])]) placeOf(bytes);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
