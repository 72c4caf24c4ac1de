import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { created, postTicket, refused, send } from './client.ts';
import { type CurlField, encodeLikeBrowser } from './curl-form.ts';
import { fileOf } from './sample-images.ts';

const query: CurlField = ['query', 'Sample query text'];

/** Why, the fields beside a good query, the error text. */
const refusals: readonly (readonly [string, readonly CurlField[], string])[] = [
  ['an empty title', [['title', ' ']], 'missing title'],
  ['an unknown field', [['priority', 'high']], 'unknown field: priority'],
  ['a second query', [query], 'query was given more than once'],
  ['a user that is no JSON', [['user', '{email: a}']], 'user is not valid JSON'],
  ['a user that is no object', [['user', '["a@example.com"]']], 'user must be a JSON object'],
  [
    'a user without any handle',
    [['user', '{"name":"John"}']],
    'user must have at least one of email, source_specific_id, id',
  ],
  [
    'a user with an unknown member',
    [['user', '{"email":"a@example.com","age":3}']],
    'unknown field in user: age',
  ],
  ['a user with a number', [['user', '{"id":7}']], 'user.id must be a string'],
  ['a user with a bad address', [['user', '{"email":"nobody"}']], 'user.email is not an e-mail address'],
  ['a company_id that is no UUID', [['company_id', 'acme']], 'company_id must be a UUID'],
  [
    'both company ids',
    [
      ['company_id', '01945162-52fc-739b-98de-e2ac9f2eec49'],
      ['company_source_specific_id', 'acme'],
    ],
    'only one of company_id and company_source_specific_id can be given',
  ],
  ['an empty source_specific_id', [['source_specific_id', '']], 'source_specific_id must not be empty'],
  [
    'properties that are no JSON',
    [['additional_properties', 'a=b']],
    'additional_properties is not valid JSON',
  ],
  ['nested properties', [['additional_properties', '{"a":{}}']], 'additional_properties must be flat: a'],
  [
    'properties with a list',
    [['additional_properties', '{"a":[1]}']],
    'additional_properties must be flat: a',
  ],
  [
    'properties with null',
    [['additional_properties', '{"a":null}']],
    'additional_properties must be flat: a',
  ],
  [
    'an image URL of another kind',
    [['files_image_url', 'data:,x']],
    "files_image_url couldn't be opened: data:,x",
  ],
  ['text as files', [['files', 'iVBORw0KGgo=']], 'files must be a file'],
  [
    'a file as files_base64',
    [['files_base64', fileOf(Buffer.from('a'))]],
    'files_base64 must be a text field',
  ],
];

const badTimes = [
  'yesterday',
  '2024-06-10',
  '2024-06-10 18:34:00Z',
  '2024-06-10T18:34:00',
  '2024-02-30T18:34:00Z',
];
const moreBadTimes = [
  '2024-06-10T24:00:00Z',
  '2024-06-10T18:34:60Z',
  '2024-06-10T18:34:00+25:00',
  '1718044440',
];
const goodTimes = ['2024-06-10T18:34:00.125Z', '2024-02-29T23:59:59+05:30', '2024-06-10T18:34:00-00:00'];

describe('POST /interactions', () => {
  let assembly: Assembly;
  beforeAll(async () => {
    assembly = await startAssembly({ ticketLimit: null });
  });
  afterAll(() => assembly.close());

  it.each(refusals)('refuses %s', async (_why, fields, error) => {
    expect(await postTicket(assembly, [query, ...fields])).toMatchObject(refused(400, error));
  });

  it.each([
    ['no query', []],
    ['a blank query', [['query', ' \r\n']]],
  ] as const)('says that the query is required for %s', async (_why, fields) => {
    expect(await postTicket(assembly, fields)).toMatchObject(refused(400, 'query is required'));
  });

  it.each([...badTimes, ...moreBadTimes])('refuses %s as a time', async time => {
    const received = await postTicket(assembly, [query, ['original_timestamp', time]]);
    expect(received).toMatchObject(refused(400, 'original_timestamp must be in RFC3339 format'));
  });

  it.each(goodTimes)('takes %s as a time', async time => {
    const received = await postTicket(assembly, [query, ['original_timestamp', time]]);
    expect(received.status).toBe(200);
  });

  it('created nothing for any refused request', () => {
    expect(assembly.record.tickets).toHaveLength(goodTimes.length);
    expect(assembly.record.requests.filter(({ committed }) => committed)).toHaveLength(goodTimes.length);
  });

  it('refuses a body that is not multipart', async () => {
    const form = { contentType: 'application/json', body: Buffer.from('{"query":"x"}') };
    const received = await send(assembly, { method: 'POST', path: '/interactions', form });
    expect(received).toMatchObject(refused(400, 'request must be multipart/form-data'));
  });

  it('refuses multipart without a boundary, which a hand-set header gives in a browser', async () => {
    const received = await postTicket(assembly, [query], {
      headers: { 'content-type': 'multipart/form-data' },
    });
    expect(received.status).toBe(400);
    expect(received.text).toContain("couldn't read the multipart body");
  });

  it('takes what a browser sends for a FormData', async () => {
    const form = new FormData();
    form.set('query', 'two\nlines and a ☂');
    form.set('user', JSON.stringify({ email: 'new@example.org', name: 'New' }));
    const number = `ASM-${111 + assembly.record.tickets.length}`;
    const sent = { method: 'POST', path: '/interactions', form: await encodeLikeBrowser(form) };
    expect(await send(assembly, sent)).toMatchObject(created(number));
    expect(assembly.record.tickets.at(-1)?.query).toBe('two\r\nlines and a ☂');
    const contact = await send(assembly, { path: '/contacts/new%40example.org' });
    expect(JSON.parse(contact.text)).toMatchObject({ contact: { email: 'new@example.org', name: 'New' } });
  });

  it.each(['GET', 'PUT', 'OPTIONS', 'HEAD'])('does not know %s, and never speaks CORS', async method => {
    const headers = { origin: 'https://example.com', 'access-control-request-method': 'POST' };
    const received = await send(assembly, { method, path: '/interactions', headers });
    expect(received.status).toBe(404);
    expect(Object.keys(received.headers).filter(name => name.startsWith('access-control'))).toEqual([]);
  });
});
