import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoApiKey } from '../../../tools/assembly/settings.ts';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { postReply, postTicket, refused, send } from './client.ts';

describe('the Authorization header', () => {
  let assembly: Assembly;
  beforeAll(async () => {
    assembly = await startAssembly();
  });
  afterAll(() => assembly.close());
  const listUsers = (key: string | null) => send(assembly, { path: '/list-users?page=0&page_size=1', key });

  it.each([
    ['none', null],
    ['an empty one', ''],
    ['an unknown key', 'fake-other-key'],
    ['the key with Bearer', `Bearer ${demoApiKey}`],
    ['the key in capitals', demoApiKey.toUpperCase()],
    ['the key in quotes', `"${demoApiKey}"`],
  ])('is refused with %s', async (_name, key) => {
    expect(await listUsers(key)).toMatchObject(refused(401, 'Invalid API Key'));
  });

  it('is checked before the body, by every call', async () => {
    const paths = ['/fetch-user', '/accounts?limit=x', '/contacts/nobody%40example.org'];
    const answers = [
      await postTicket(assembly, [], { key: null }),
      await postReply(assembly, '', [], { key: null }),
      ...(await Promise.all(paths.map(path => send(assembly, { path, key: null })))),
    ];
    for (const answer of answers) expect(answer).toMatchObject(refused(401, 'Invalid API Key'));
  });

  it('follows the keys as they are changed', async () => {
    expect((await listUsers(demoApiKey)).status).toBe(200);
    assembly.config.change({ apiKeys: ['fake-new-key'], expiredApiKeys: [demoApiKey] });
    expect(await listUsers(demoApiKey)).toMatchObject(refused(401, 'Expired API Key'));
    expect((await listUsers('fake-new-key')).status).toBe(200);
  });
});
