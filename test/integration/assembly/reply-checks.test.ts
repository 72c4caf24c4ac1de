import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { postReply, postTicket, refused } from './client.ts';
import type { CurlField } from './curl-form.ts';
import { fileOf, samplePng } from './sample-images.ts';

const content: CurlField = ['content', 'We are on it'];
const user: CurlField = ['user', '{"email":"ada@example.com"}'];
const search = '?source_specific_id=cap_1';
const oneOf = 'exactly one of id or source_specific_id must be provided';
const invalidUlid = 'invalid ULID format for id parameter';
const ulid = '01KKXRZM9PJRKJ488ZK3PB6JPX';

const bodyRefusals: readonly (readonly [string, readonly CurlField[], string])[] = [
  ['no content', [user], 'content is required'],
  ['blank content', [['content', ' '], user], 'content is required'],
  ['no user', [content], 'user is required'],
  ['an empty user', [content, ['user', '']], 'user is required'],
  ['a user with a name only', [content, ['user', '{"name":"Ada"}']], 'user.id or user.email is required'],
  [
    'a user with a source_specific_id only',
    [content, ['user', '{"source_specific_id":"u1"}']],
    'user.id or user.email is required',
  ],
  ['a user that is no JSON', [content, ['user', 'Ada']], 'user is not valid JSON'],
  ['an unknown field', [content, user, ['files_base64', 'AAAA']], 'unknown field: files_base64'],
  ['a query', [content, user, ['query', 'x']], 'unknown field: query'],
  [
    'a bad time',
    [content, user, ['original_timestamp', 'now']],
    'original_timestamp must be in RFC3339 format',
  ],
  [
    'a bad image URL',
    [content, user, ['files_image_url', 'https://example.com/a.png,b']],
    "files_image_url couldn't be opened: b",
  ],
];

describe('POST /interactions/reply', () => {
  let assembly: Assembly;
  beforeAll(async () => {
    assembly = await startAssembly({ ticketLimit: null, replyLimit: null });
    await postTicket(assembly, [
      ['query', 'Help'],
      ['source_specific_id', 'cap_1'],
    ]);
  });
  afterAll(() => assembly.close());

  it.each(bodyRefusals)('refuses %s', async (_why, fields, error) => {
    expect(await postReply(assembly, search, fields)).toMatchObject(refused(400, error));
  });

  it.each([
    ['no target', '', oneOf],
    ['both targets', `?id=${ulid}&source_specific_id=cap_1`, oneOf],
    ['an empty target', '?source_specific_id=', oneOf],
    ['a ticket number', '?id=ASM-111', invalidUlid],
    ['a ULID that is too short', `?id=${ulid.slice(1)}`, invalidUlid],
    ['a ULID past its range', `?id=8${ulid.slice(1)}`, invalidUlid],
    ['a ULID with a letter that Crockford leaves out', `?id=${ulid.slice(0, -1)}U`, invalidUlid],
    [
      'a target given twice',
      `${search}&source_specific_id=cap_2`,
      'source_specific_id was given more than once',
    ],
    ['an unknown parameter', `${search}&notify=1`, 'unknown query parameter: notify'],
  ])('refuses %s', async (_why, query, error) => {
    expect(await postReply(assembly, query, [content, user])).toMatchObject(refused(400, error));
  });

  it.each([
    ['ticket_abc123', '?source_specific_id=ticket_abc123'],
    [ulid, `?id=${ulid}`],
    // Only the ULID finds it, not the id of another kind.
    ['CAP_1', '?source_specific_id=CAP_1'],
  ])('does not find %s', async (identifier, query) => {
    const error = `ticket not found for identifier: ${identifier}`;
    expect(await postReply(assembly, query, [content, user])).toMatchObject(refused(404, error));
  });

  it('replies by the ULID of a ticket, in either case', async () => {
    const known = assembly.record.tickets[0]?.ulid ?? '';
    for (const id of [known, known.toLowerCase()]) {
      const received = await postReply(assembly, `?id=${id}`, [content, user]);
      expect(received.status).toBe(200);
      expect(assembly.record.replies.at(-1)?.ticketNumber).toBe('ASM-111');
      const { created_history_id } = JSON.parse(received.text);
      expect(assembly.record.replies.at(-1)?.historyId).toBe(created_history_id);
    }
  });

  it('takes 32,000,000 bytes a file and no more', async () => {
    const bytes = Buffer.alloc(32_000_000, 7);
    const sendFile = (file: Buffer) =>
      postReply(assembly, search, [content, user, ['files', fileOf(file, 'application/zip', 'logs.zip')]]);
    expect((await sendFile(bytes)).status).toBe(200);
    expect(assembly.record.replies.at(-1)?.files[0]?.sizeBytes).toBe(32_000_000);
    const larger = await sendFile(Buffer.concat([bytes, Buffer.alloc(1)]));
    expect(larger).toMatchObject(refused(413, 'File size exceeds 32MB'));
  });

  it('keeps files of any type byte for byte, in order', async () => {
    const png = samplePng();
    const html = Buffer.from('<script>alert(1)</script>');
    await postReply(assembly, search, [
      ['files', fileOf(html, 'text/html', 'page.html')],
      content,
      ['files', fileOf(png, 'image/png', 'größe.png')],
      user,
    ]);
    const files = assembly.record.replies.at(-1)?.files ?? [];
    expect(files.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ['page.html', 'text/html'],
      ['größe.png', 'image/png'],
    ]);
    expect(files.map(({ bytes }) => bytes)).toEqual([html, png]);
  });
});
