import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { postTicket, refused } from './client.ts';
import type { CurlField } from './curl-form.ts';
import { fileOf, sampleJpeg, samplePng } from './sample-images.ts';

const query: CurlField = ['query', 'See the picture'];
const png = samplePng(40, 30);
const pngText = png.toString('base64');

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}

const notPlain = "file couldn't be opened: files_base64 is not plain base64";
const notWhole = "file couldn't be opened: not a whole PNG or JPG image";

describe('images on a ticket', () => {
  let assembly: Assembly;
  beforeAll(async () => {
    assembly = await startAssembly({ ticketLimit: null });
  });
  afterAll(() => assembly.close());
  const sendText = (text: string) => postTicket(assembly, [query, ['files_base64', text]]);

  it.each([
    ['a data: prefix', `data:image/png;base64,${pngText}`],
    ['a line break', `${pngText.slice(0, 76)}\n${pngText.slice(76)}`],
    [
      'no padding',
      Buffer.concat([sampleJpeg, Buffer.alloc(1)])
        .toString('base64')
        .replace(/=+$/, ''),
    ],
    ['the URL alphabet', sampleJpeg.toString('base64url')],
    ['nothing', ''],
  ])('refuses base64 with %s', async (_why, text) => {
    expect(await sendText(text)).toMatchObject(refused(400, notPlain));
  });

  it.each([
    ['cut short', png.subarray(0, png.length - 20)],
    ['without its end', png.subarray(0, png.length - 12)],
    ['with a flipped pixel byte', flipped(png, 200)],
    ['with a flipped size', flipped(png, 19)],
    ['of the signature only', png.subarray(0, 8)],
  ])('refuses a PNG %s', async (_why, bytes) => {
    expect(await sendText(bytes.toString('base64'))).toMatchObject(refused(400, notWhole));
  });

  it.each([
    ['without its end marker', sampleJpeg.subarray(0, -2)],
    ['without a frame', Buffer.from('ffd8ffda0008010100003f00a1ffd9', 'hex')],
    ['without a scan', Buffer.from('ffd8ffc0000b080002000301011100ffd9', 'hex')],
    ['with a segment past its end', Buffer.from('ffd8ffe0ffff00ffd9', 'hex')],
    ['of start and end only', Buffer.from('ffd8ffd9', 'hex')],
  ])('refuses a JPEG %s', async (_why, bytes) => {
    expect(await sendText(bytes.toString('base64'))).toMatchObject(refused(400, notWhole));
  });

  it('refuses other formats', async () => {
    const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');
    expect(await sendText(gif.toString('base64'))).toMatchObject(refused(400, notWhole));
    const asFile = await postTicket(assembly, [query, ['files', fileOf(gif, 'image/gif', 'a.gif')]]);
    expect(asFile).toMatchObject(refused(400, 'only JPG and PNG images can be attached'));
  });

  it('refuses a file that is not what its type says', async () => {
    const received = await postTicket(assembly, [query, ['files', fileOf(sampleJpeg, 'image/png')]]);
    expect(received).toMatchObject(refused(400, "file couldn't be opened: not image/png"));
  });

  it('measures the base64 text: 4,000,000 bytes are the most', async () => {
    // Bytes after the end of a JPEG are common (they carry previews), so it can be padded to any size.
    const padded = Buffer.concat([sampleJpeg, Buffer.alloc(3_000_000 - sampleJpeg.length)]);
    expect(padded.toString('base64')).toHaveLength(4_000_000);
    expect((await sendText(padded.toString('base64'))).status).toBe(200);
    const larger = Buffer.concat([padded, Buffer.alloc(1)]).toString('base64');
    expect(await sendText(larger)).toMatchObject(refused(400, 'file too large'));
  });

  it('measures a binary file: 4,000,000 bytes are the most', async () => {
    const padded = Buffer.concat([sampleJpeg, Buffer.alloc(4_000_000 - sampleJpeg.length)]);
    const ofBytes = (bytes: Buffer) => postTicket(assembly, [query, ['files', fileOf(bytes, 'image/jpeg')]]);
    expect((await ofBytes(padded)).status).toBe(200);
    expect(await ofBytes(Buffer.concat([padded, Buffer.alloc(1)]))).toMatchObject(
      refused(400, 'file too large'),
    );
  });

  it('opens and keeps good pictures in both encodings', async () => {
    const received = await postTicket(assembly, [
      query,
      ['files_base64', pngText],
      ['files', fileOf(sampleJpeg, 'image/jpeg', 'photo.jpg')],
    ]);
    expect(received.status).toBe(200);
    const images = assembly.record.tickets.at(-1)?.images ?? [];
    expect(images).toMatchObject([
      { sentAs: 'files', format: 'jpeg', width: 3, height: 2 },
      { sentAs: 'files_base64', format: 'png', width: 40, height: 30 },
    ]);
    expect(images[1]?.bytes.equals(png)).toBe(true);
  });
});
