import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { refused, send } from './client.ts';

describe('the directory', () => {
  let assembly: Assembly;
  beforeAll(async () => {
    assembly = await startAssembly();
  });
  afterAll(() => assembly.close());
  const get = async (path: string) => JSON.parse((await send(assembly, { path })).text);

  it('pages through the users from page 0', async () => {
    const first = await get('/list-users?page=0&page_size=1');
    expect(Object.keys(first.users[0])).toEqual([
      'id',
      'email',
      'username',
      'first_name',
      'last_name',
      'picture_url',
      'user_role',
      'calendar_link',
    ]);
    expect(first).toMatchObject({ page: 0, page_size: 1, has_more: true });
    expect(await get('/list-users?page=3&page_size=1')).toMatchObject({ has_more: false });
    expect(await get('/list-users?page=9')).toEqual({ users: [], page: 9, page_size: 10, has_more: false });
  });

  it.each([
    ['/list-users?page=-1', 'page must be from 0 to 1000000'],
    ['/list-users?page_size=0', 'page_size must be from 1 to 100'],
    ['/list-users?page_size=101', 'page_size must be from 1 to 100'],
    ['/list-users?per_page=5', 'unknown query parameter: per_page'],
    ['/accounts?limit=many', 'limit must be from 1 to 100'],
    ['/fetch-user', 'exactly one of id or email must be provided'],
    ['/fetch-user?email=a@example.com&id=1', 'exactly one of id or email must be provided'],
    ['/fetch-user?email=nobody@example.com', 'user not found'],
    ['/fetch-user?id=nobody', 'user not found'],
  ])('refuses %s with 400', async (path, error) => {
    expect(await send(assembly, { path })).toMatchObject(refused(400, error));
  });

  it('finds a user by id and by e-mail without case', async () => {
    const byEmail = await get('/fetch-user?email=ADA%40example.com');
    expect(byEmail.user.first_name).toBe('Ada');
    expect(await get(`/fetch-user?id=${byEmail.user.id}`)).toEqual(byEmail);
  });

  it('lists companies before customers and pages by offset', async () => {
    const seen = [];
    for (let offset = 0, more = true; more; ) {
      const { accounts } = await get(`/accounts?limit=4&offset=${offset}`);
      seen.push(...accounts.data);
      offset += accounts.data.length;
      more = accounts.has_next_page;
      expect(accounts.next_cursor).toBe(more ? String(offset) : null);
    }
    const types = seen.map(({ type }) => type);
    expect(types).toEqual([...types].sort());
    expect(new Set(types)).toEqual(new Set(['Company', 'Customer']));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  });

  it('matches name and domain of an account', async () => {
    const { accounts } = await get('/accounts?name=FJORD');
    expect(accounts.data.map(({ domain }: { domain: string }) => domain)).toEqual([
      'fjordbank.example.org',
      'soren@fjordbank.example.org',
    ]);
    expect((await get('/accounts?name=zzz')).accounts).toEqual({
      data: [],
      has_next_page: false,
      next_cursor: null,
    });
  });

  it('gives the other documented shape of an account on demand', async () => {
    assembly.config.change({ accountShape: 'wrapped' });
    const { accounts } = await get('/accounts?limit=1');
    expect(accounts.data[0]).toMatchObject({ account: { name: 'Acorn Freight', account_type: 'Company' } });
    expect(accounts.data[0].account).not.toHaveProperty('type');
  });

  it('finds a contact by e-mail', async () => {
    expect((await get('/contacts/soren%40fjordbank.example.org')).contact).toMatchObject({
      name: 'Søren Dahl',
    });
    const missing = await send(assembly, { path: '/contacts/nobody%40example.org' });
    expect(missing).toMatchObject(refused(404, 'contact not found'));
  });
});
