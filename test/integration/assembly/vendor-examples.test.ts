import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { postReply, postTicket } from './client.ts';
import type { CurlField } from './curl-form.ts';
import { fileOf, samplePng } from './sample-images.ts';

/** The examples of the vendor's page as they stand there; `<base64 encoded image>` is a real PNG. */
const title: CurlField = ['title', 'Sample title'];
const query: CurlField = ['query', 'Sample query text'];
const time: CurlField = ['original_timestamp', '2024-06-10T18:34:00Z'];
const john: CurlField = ['user', '{"email": "user@example.com", "name": "John Doe"}'];
const johnWithId: CurlField = [
  'user',
  '{"email": "user@example.com", "name": "John Doe", "source_specific_id": "userSSID"}',
];
const properties: CurlField = ['additional_properties', '{"key1": "value1", "key2": 123, "key3": "value3"}'];
const image1 = samplePng(8, 4).toString('base64');
const image2 = samplePng(5, 5).toString('base64');

const ticketExamples: readonly (readonly [string, readonly CurlField[]])[] = [
  ['the query only', [query]],
  ['a source_specific_id', [title, query, ['source_specific_id', 'my_ticket_123'], john, time]],
  [
    'all fields',
    [
      title,
      query,
      ['source_specific_id', 'unique_ticket_id'],
      johnWithId,
      ['company_source_specific_id', 'companySSID'],
      properties,
      time,
    ],
  ],
  [
    'a company_id',
    [title, query, john, ['company_id', '01945162-52fc-739b-98de-e2ac9f2eec49'], properties, time],
  ],
  ['an image in base64', [query, ['files_base64', image1]]],
  ['an image URL', [query, ['files_image_url', 'https://example.com/img.jpg']]],
  ['two images in base64', [query, ['files_base64', image1], ['files_base64', image2]]],
];

const pdf = fileOf(Buffer.from('%PDF-1.7'), 'application/pdf', 'attachment.pdf');
const replyExamples: readonly (readonly [string, string, readonly CurlField[]])[] = [
  [
    'to the ticket made above',
    '?source_specific_id=my_ticket_123',
    [
      ['content', 'This is a reply to the ticket'],
      ['user', '{"email":"agent@example.com","name":"Support Agent"}'],
    ],
  ],
  [
    'by ULID',
    '?id=01KKXRZM9PJRKJ488ZK3PB6JPX',
    [
      ['content', 'This is my reply to the ticket'],
      ['user', '{"name":"John Doe","email":"john@example.com"}'],
      ['source_specific_id', 'reply_12345'],
    ],
  ],
  [
    'by source_specific_id with a file',
    '?source_specific_id=ticket_ss_123',
    [
      ['content', 'Reply via source specific ID'],
      ['files', pdf],
      ['user', '{"name":"Jane Doe","email":"jane@example.com"}'],
    ],
  ],
  [
    'with files and image URLs',
    '?source_specific_id=ticket_abc123',
    [
      ['content', 'Here are the files you requested'],
      ['files', { ...pdf, filename: 'document1.pdf' }],
      ['files', fileOf(samplePng(), 'image/png', 'image.png')],
      ['files_image_url', 'https://example.com/image1.jpg,https://example.com/image2.jpg'],
      ['user', '{"name":"Alice","email":"alice@example.com"}'],
    ],
  ],
];

/** The tickets that the page's replies take for granted. */
const earlierTickets = [
  { number: 'ASM-101', ulid: '01KKXRZM9PJRKJ488ZK3PB6JPX', query: 'By ULID', sourceSpecificId: null },
  {
    number: 'ASM-102',
    ulid: '01KKXRZM9PJRKJ488ZK3PB6JPY',
    query: 'By id',
    sourceSpecificId: 'ticket_ss_123',
  },
  {
    number: 'ASM-103',
    ulid: '01KKXRZM9PJRKJ488ZK3PB6JPZ',
    query: 'By id',
    sourceSpecificId: 'ticket_abc123',
  },
];

describe("the examples of the vendor's page", () => {
  let assembly: Assembly;
  beforeAll(async () => {
    assembly = await startAssembly({ seed: { tickets: earlierTickets } });
  });
  afterAll(() => assembly.close());

  it.each(ticketExamples)('creates a ticket from %s', async (_name, fields) => {
    const before = assembly.record.tickets.length;
    const received = await postTicket(assembly, fields);
    expect(received.status).toBe(200);
    expect(received.headers['content-type']).toMatch(/^application\/json/);
    const number = `ASM-${111 + before - earlierTickets.length}`;
    expect(JSON.parse(received.text)).toEqual({ created_ticket_number: number });
    expect(assembly.record.tickets.at(-1)?.number).toBe(number);
  });

  it.each(replyExamples)('creates a reply %s', async (_name, search, fields) => {
    const received = await postReply(assembly, search, fields);
    expect(received.status).toBe(200);
    expect(JSON.parse(received.text)).toEqual({
      created_history_id: expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
    });
  });

  it('keeps what the full examples say', () => {
    const [, , , , withId, full, withCompany, withImage, withUrl, withImages] = assembly.record.tickets;
    expect(withId).toMatchObject({ title: 'Sample title', originalTimestamp: '2024-06-10T18:34:00Z' });
    expect(full).toMatchObject({
      query: 'Sample query text',
      sourceSpecificId: 'unique_ticket_id',
      user: { email: 'user@example.com', name: 'John Doe', source_specific_id: 'userSSID' },
      companySourceSpecificId: 'companySSID',
      additionalProperties: { key1: 'value1', key2: 123, key3: 'value3' },
    });
    expect(withCompany?.companyId).toBe('01945162-52fc-739b-98de-e2ac9f2eec49');
    expect(withImage?.images).toMatchObject([{ width: 8, height: 4, format: 'png', sentAs: 'files_base64' }]);
    expect(withUrl?.imageUrls).toEqual(['https://example.com/img.jpg']);
    expect(withImages?.images.map(({ width }) => width)).toEqual([8, 5]);
    const last = assembly.record.replies.at(-1);
    expect(last?.files.map(({ filename }) => filename)).toEqual(['document1.pdf', 'image.png']);
    expect(last?.imageUrls).toEqual(['https://example.com/image1.jpg', 'https://example.com/image2.jpg']);
  });
});
