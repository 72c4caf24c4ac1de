import { describe, expect, test } from 'vitest';
import { cleanPicture } from '../../../../../src/core/image/metadata/clean-picture.ts';
import { sampleJpeg, samplePng } from '../../../../integration/assembly/sample-images.ts';
import {
  exif,
  exifOfHeif,
  exifOfJpeg,
  heifOf,
  jpegWith,
  placeBytes,
  pngWith,
  webpOf,
} from '../../../../support/hidden-metadata.ts';

const xmpPlace = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="52,31N"/>');
const jpegHead = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
const jpegPixels = sampleJpeg.subarray(jpegHead.length);
const png = samplePng(6, 3);

/** What is left of a picture; or the word for what becomes of it. */
function cleaned(type: string, bytes: Buffer): Buffer | 'as-it-is' | 'unclear' {
  const result = cleanPicture(`image/${type}`, new Uint8Array(bytes));
  return result.kind === 'stripped' ? Buffer.concat(result.parts) : result.kind;
}

describe('a JPEG', () => {
  test.each<[string, Buffer]>([
    ['nothing hidden', sampleJpeg],
    ['EXIF without a place', jpegWith(sampleJpeg, exifOfJpeg({ orientation: 6 }))],
    [
      'EXIF in the other order of bytes',
      jpegWith(sampleJpeg, exifOfJpeg({ isLittle: true, orientation: 3 })),
    ],
    ['a comment', jpegWith(sampleJpeg, [0xfe, Buffer.from('Made by hand')])],
    ['padding behind its end', Buffer.concat([sampleJpeg, Buffer.alloc(9)])],
  ])('with %s goes as it is', (_, bytes) => {
    expect(cleaned('jpeg', bytes)).toBe('as-it-is');
  });

  test.each<[string, Buffer]>([
    ['a place in its EXIF', jpegWith(sampleJpeg, exifOfJpeg({ hasPlace: true }))],
    [
      'the same in the other order of bytes',
      jpegWith(sampleJpeg, exifOfJpeg({ hasPlace: true, isLittle: true })),
    ],
    ['a place in its XMP', jpegWith(sampleJpeg, [0xe1, xmpPlace])],
    [
      'a city in its IPTC',
      jpegWith(sampleJpeg, [0xed, Buffer.from('Photoshop 3.0\0…\x1c\x02\x5a\0\x06Berlin')]),
    ],
    ['a place in a comment', jpegWith(sampleJpeg, [0xfe, Buffer.from('GPSPosition: 52 N')])],
    ['a film behind its end', Buffer.concat([sampleJpeg, Buffer.from('\0\0\0\x18ftypmp42')])],
  ])('with %s keeps its pixels to the byte and nothing else', (_, bytes) => {
    expect(cleaned('jpeg', bytes)).toEqual(sampleJpeg);
  });

  test('keeps its colours and how it is to be turned', () => {
    const icc: [number, Buffer] = [0xe2, Buffer.from('ICC_PROFILE\0\x01\x01profile')];
    const multi: [number, Buffer] = [0xe2, Buffer.from('MPF\0II*\0')];
    const bytes = jpegWith(sampleJpeg, exifOfJpeg({ hasPlace: true, orientation: 6 }), icc, multi);
    const left = cleaned('jpeg', bytes);
    const [, turned] = exifOfJpeg({ orientation: 6 });
    expect(left).toBeInstanceOf(Buffer);
    if (!(left instanceof Buffer)) return;
    expect(left.indexOf(placeBytes)).toBe(-1);
    expect(left.includes('Acm')).toBe(false);
    expect(left.includes('MPF')).toBe(false);
    // Again as a whole: its EXIF can be read, and says the orientation alone.
    expect(cleaned('jpeg', left)).toBe('as-it-is');
    const exifAt = left.indexOf('Exif');
    expect(left.subarray(exifAt, exifAt + 6 + 8)).toEqual(turned.subarray(0, 6 + 8));
    expect(left.readUInt16BE(exifAt + 6 + 18)).toBe(6);
    expect(left.subarray(0, jpegHead.length)).toEqual(jpegHead);
    expect(left.subarray(left.indexOf('ICC_PROFILE'))).toEqual(Buffer.concat([icc[1], jpegPixels]));
  });

  test.each<[string, Buffer]>([
    ['broken EXIF', jpegWith(sampleJpeg, [0xe1, Buffer.from('Exif\0\0MM\0*\0\0\xff\xff', 'latin1')])],
    ['EXIF of nothing', jpegWith(sampleJpeg, [0xe1, Buffer.from('Exif\0\0')])],
    [
      'a place that points nowhere',
      jpegWith(sampleJpeg, [
        0xe1,
        Buffer.from(`Exif\0\0${exif({ hasPlace: true }).toString('latin1').slice(0, 50)}`, 'latin1'),
      ]),
    ],
    ['no end', sampleJpeg.subarray(0, -2)],
    ['a segment that is longer than the file', sampleJpeg.subarray(0, 12)],
    ['something else between its segments', Buffer.concat([jpegHead, Buffer.from('junk'), jpegPixels])],
  ])('with %s is not known', (_, bytes) => {
    expect(cleaned('jpeg', bytes)).toBe('unclear');
  });
});

/** Its only directory is empty and is followed by itself. */
const circularExif = Buffer.from('4d4d002a00000008000000000008', 'hex');

describe('a PNG', () => {
  test.each<[string, Buffer]>([
    ['nothing hidden', png],
    ['EXIF without a place', pngWith(png, ['eXIf', exif({ orientation: 3 })])],
    ['the name of a program', pngWith(png, ['tEXt', Buffer.from('Software\0Draw 1.0')])],
  ])('with %s goes as it is', (_, bytes) => {
    expect(cleaned('png', bytes)).toBe('as-it-is');
  });

  test.each<[string, Buffer]>([
    ['a place in its EXIF', pngWith(png, ['eXIf', exif({ hasPlace: true })])],
    [
      'a place in its XMP',
      pngWith(png, ['iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0'), xmpPlace])]),
    ],
    [
      'a place in where it comes from',
      pngWith(png, ['caBX', Buffer.from('jumb…"exif:GPSLatitude":"52,31N"')]),
    ],
    ['a compressed text', pngWith(png, ['zTXt', Buffer.from('Comment\0\0x')])],
    ['a compressed XMP', pngWith(png, ['iTXt', Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0x')])],
    ['a profile as text', pngWith(png, ['tEXt', Buffer.from('Raw profile type exif\0\nexif\n 4\n4d4d')])],
    ['what a cropping program left behind its end', Buffer.concat([png, png.subarray(40)])],
  ])('with %s keeps its pixels to the byte and nothing else', (_, bytes) => {
    expect(cleaned('png', bytes)).toEqual(png);
  });

  test('keeps its colours and how it is to be turned', () => {
    const gamma: [string, Buffer] = ['gAMA', Buffer.from('0000b18f', 'hex')];
    const left = cleaned('png', pngWith(png, ['eXIf', exif({ hasPlace: true, orientation: 8 })], gamma));
    const turned = Buffer.from('4d4d002a00000008000101120003000000010008000000000000', 'hex');
    expect(left).toEqual(pngWith(png, ['eXIf', turned], gamma));
  });

  test.each<[string, Buffer]>([
    ['broken EXIF', pngWith(png, ['eXIf', Buffer.from('Exif')])],
    ['EXIF whose directories lead on and on', pngWith(png, ['eXIf', circularExif])],
    ['no end', png.subarray(0, -12)],
    ['nothing but its signature', png.subarray(0, 8)],
  ])('with %s is not known', (_, bytes) => {
    expect(cleaned('png', bytes)).toBe('unclear');
  });
});

describe('a WebP', () => {
  const header = (flags: number): [string, Buffer] => [
    'VP8X',
    Buffer.from([flags, 0, 0, 0, 4, 0, 0, 4, 0, 0]),
  ];
  const pixels: [string, Buffer] = ['VP8L', Buffer.from('odd')];

  test('with nothing hidden, or EXIF without a place, goes as it is', () => {
    expect(cleaned('webp', webpOf(pixels))).toBe('as-it-is');
    expect(cleaned('webp', webpOf(header(0x08), pixels, ['EXIF', exif()]))).toBe('as-it-is');
  });

  test('loses a place and what its header says of it', () => {
    const hidden = webpOf(header(0x1c), pixels, ['EXIF', exif({ hasPlace: true })], ['XMP ', xmpPlace]);
    expect(cleaned('webp', hidden)).toEqual(webpOf(header(0x10), pixels));
    expect(cleaned('webp', Buffer.concat([webpOf(pixels), png]))).toEqual(webpOf(pixels));
  });

  test('keeps how it is to be turned', () => {
    const named = Buffer.concat([Buffer.from('Exif\0\0'), exif({ hasPlace: true, orientation: 6 })]);
    const left = cleaned('webp', webpOf(header(0x08), pixels, ['EXIF', named]));
    const turned = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex');
    expect(left).toEqual(webpOf(header(0x08), pixels, ['EXIF', turned]));
  });

  test('that is cut short, or whose EXIF is broken, is not known', () => {
    expect(cleaned('webp', webpOf(pixels).subarray(0, -2))).toBe('unclear');
    expect(cleaned('webp', webpOf(header(0x08), pixels, ['EXIF', Buffer.from('II')]))).toBe('unclear');
  });
});

test.each<[string, string, string]>([
  ['gif', 'GIF89a…', 'as-it-is'],
  ['gif', 'GIF89a…XMP DataXMP<x exif:GPSLongitude="13,24E"/>', 'unclear'],
  ['avif', heifOf([exifOfHeif()], { brand: 'avif' }).toString('latin1'), 'as-it-is'],
  ['avif', heifOf([exifOfHeif({ hasPlace: true })], { brand: 'avif' }).toString('latin1'), 'unclear'],
  ['avif', '\0\0\0\x20ftypavif…infe\0\0Exif', 'unclear'],
])('a %s of "%s" is %s', (type, text, expected) => {
  expect(cleaned(type, Buffer.from(text, 'latin1'))).toBe(expected);
});
