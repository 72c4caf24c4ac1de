import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { opensAt } from '../../../src/core/outbox/gate.ts';
import { refusalPolicies } from '../../../src/core/outbox/pace.ts';
import { fakeNetwork, held, refuse } from '../../support/fake-network.ts';
import {
  closeProfile,
  connectedWorker,
  fileAndGoOn,
  letWork,
  type SimulatedWorker,
  until,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

let worker: SimulatedWorker;
let people: typeof import('../../../src/background/handlers/people-handlers.ts')['peopleHandlers'];
let erasing: typeof import('../../../src/background/erasing.ts');
let directory: typeof import('../../../src/platform/privileged/directory-store.ts');

beforeEach(async () => {
  worker = await connectedWorker();
  ({ peopleHandlers: people } = await import('../../../src/background/handlers/people-handlers.ts'));
  erasing = await import('../../../src/background/erasing.ts');
  directory = await import('../../../src/platform/privileged/directory-store.ts');
});
afterEach(closeProfile);

const jane = () => Response.json({ contact: { id: 'c1', name: 'Jane Doe' } });
const acorn = { id: 'a1', name: 'Acorn Freight', domain: 'acorn.example.org' };
const accounts =
  (...data: object[]) =>
  () =>
    Response.json({ accounts: { data, has_next_page: false, next_cursor: null } });
const acornFound = accounts({ ...acorn, type: 'Company' });

const lookUp = (email = 'jane@example.com') => whileTimePasses(people['people.lookUp']({ email }));
const find = (name: string) => whileTimePasses(people['accounts.find']({ name }));
const paths = () => fakeNetwork.requests.map(({ method, path }) => `${method} ${path}`);
const rows = async () => (await worker.database()).getAll('directory');
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

const known = { isKnown: true, name: 'Jane Doe', failure: null };
const offline = { kind: 'offline' };

describe('an address', () => {
  test('that is known is told with its name; one that is not, too', async () => {
    fakeNetwork.script(jane, refuse(404, 'contact not found'));
    expect(await lookUp(' jane+a/b@example.com ')).toMatchObject({
      ok: true,
      value: { ...known, email: 'jane+a/b@example.com', at: Date.now() },
    });
    expect(await lookUp('sam@example.com')).toMatchObject({ value: { isKnown: false, name: '' } });
    expect(paths()).toEqual(['GET /contacts/jane%2Ba%2Fb%40example.com', 'GET /contacts/sam%40example.com']);
    expect(fakeNetwork.requests.map(({ key }) => key)).toEqual(['fake-key', 'fake-key']);
  });

  test('is not asked about again for ten minutes, in any writing', async () => {
    fakeNetwork.script(jane, jane);
    const asked = Date.now();
    await lookUp();
    pass(9 * minuteMs);
    expect(await lookUp('JANE@example.com')).toMatchObject({ value: { ...known, at: asked } });
    expect(fakeNetwork.requests).toHaveLength(1);
    pass(2 * minuteMs);
    await lookUp();
    expect(fakeNetwork.requests).toHaveLength(2);
  });

  test('that is not known is asked about again after a minute', async () => {
    fakeNetwork.script(refuse(404), jane);
    await lookUp();
    pass(minuteMs - 1_000);
    expect(await lookUp()).toMatchObject({ value: { isKnown: false } });
    pass(2_000);
    expect(await lookUp()).toMatchObject({ value: known });
  });

  test('that is none is not sent anywhere', async () => {
    expect(await lookUp('..')).toMatchObject({ ok: false });
    expect(fakeNetwork.requests).toEqual([]);
  });

  const html = () => new Response('<html>Sign in</html>');
  test.each([
    ['the computer is offline', () => Object.assign(fakeNetwork, { isOnline: false }), 'offline', 0],
    ['Assembly is down', () => fakeNetwork.script(refuse(503, 'down')), 'server-error', 1],
    ['a portal answers', () => fakeNetwork.script(html), 'unreadable-answer', 1],
    [
      'a proxy says 404',
      () => fakeNetwork.script(() => new Response('gone', { status: 404 })),
      'rejected',
      1,
    ],
    ['there were too many', () => fakeNetwork.script(refuse(429)), 'too-many-requests', 1],
    ['the key is refused', () => fakeNetwork.script(refuse(401, 'Expired')), 'key-refused', 1],
    ['there is no key', () => chrome.storage.local.remove('apiKey'), 'no-key', 0],
  ])('while %s: the old answer with its age and the reason', async (_, breakIt, kind, requests) => {
    fakeNetwork.script(jane);
    const asked = Date.now();
    await lookUp();
    pass(2 * dayMs);
    await breakIt();
    expect(await lookUp()).toMatchObject({ ok: true, value: { ...known, at: asked, failure: { kind } } });
    expect(await lookUp('other@example.com')).toMatchObject({
      ok: true,
      value: { isKnown: null, name: '', failure: { kind: expect.any(String) } },
    });
    expect(fakeNetwork.requests.length).toBeGreaterThanOrEqual(1 + requests);
  });

  test('what another key was told is not told', async () => {
    fakeNetwork.script(jane, refuse(404));
    await lookUp();
    await worker.saveKey('fake-key-of-another-organisation');
    expect(await lookUp()).toMatchObject({ value: { isKnown: false } });
  });

  test('a refused key pauses no ticket: it may be good for those', async () => {
    fakeNetwork.script(refuse(401, 'Not for you'));
    await lookUp();
    const job = await fileAndGoOn(worker, 'Words');
    await whileTimePasses(worker.runOutbox());
    expect(await worker.readJob(job.id)).toMatchObject({ state: { name: 'sent' } });
  });
});

describe('companies by a name', () => {
  test('are found, and kept', async () => {
    fakeNetwork.script(acornFound);
    for (const name of ['Acorn', ' acorn ']) {
      expect(await find(name)).toMatchObject({ value: { companies: [acorn], customers: [], failure: null } });
    }
    expect(paths()).toEqual(['GET /accounts?limit=20&offset=0&name=Acorn']);
  });

  test('are found offline in what was said of other names, with its age', async () => {
    fakeNetwork.script(acornFound);
    const asked = Date.now();
    await find('freight');
    pass(3 * dayMs);
    fakeNetwork.isOnline = false;
    expect(await find('aco')).toMatchObject({ value: { companies: [acorn], at: asked, failure: offline } });
    expect(await find('zzz')).toMatchObject({ value: { companies: [], failure: offline } });
  });

  test('an empty name asks nothing', async () => {
    expect(await find('  ')).toMatchObject({ value: { companies: [], failure: null } });
    expect(fakeNetwork.requests).toEqual([]);
  });

  test('a later name ends the earlier question, whose answer is not kept', async () => {
    const slow = held();
    fakeNetwork.script(slow.hang, acornFound);
    const first = people['accounts.find']({ name: 'aco' });
    await until(() => fakeNetwork.requests.length === 1);
    const second = await find('acorn');
    expect(await first).toEqual({ ok: false, failure: { kind: 'lookup-replaced' } });
    expect(second).toMatchObject({ value: { companies: [acorn] } });
    slow.answer(acornFound());
    await letWork();
    expect((await rows()).map(({ question }) => question)).toEqual(['accounts:acorn']);
  });

  test('of a kept record that is off its schema nothing is believed', async () => {
    await (await worker.database()).put('directory', {
      question: 'accounts:acorn',
      answer: { keyId: 'x', companies: 'all', customers: [] },
      at: Date.now(),
    });
    fakeNetwork.script(acornFound);
    expect(await find('acorn')).toMatchObject({ value: { companies: [acorn] } });
  });

  test.each(['yesterday', Number.NaN, null])(
    'of a kept record of the time %j nothing is believed',
    async at => {
      const { id: keyId } = (await chrome.storage.local.get('apiKey'))['apiKey'] as { id: string };
      const answer = { keyId, companies: [acorn], customers: [] };
      const row = { question: 'accounts:acorn', answer, at: at as number };
      await (await worker.database()).put('directory', row);
      Object.assign(fakeNetwork, { isOnline: false });
      expect(await find('acorn')).toMatchObject({ value: { companies: [], at: 0, failure: offline } });
    },
  );
});

describe('beside the outbox', () => {
  test('too many requests (429) shut the gate for tickets as well, and no lookup is asked behind it', async () => {
    fakeNetwork.script(refuse(429));
    await lookUp();
    const { refusals } = await worker.readPace();
    expect(opensAt(refusals.ticket, refusalPolicies.ticket, Date.now())).toBeGreaterThan(Date.now());
    expect(await lookUp()).toMatchObject({ value: { failure: { kind: 'too-many-requests' } } });
    expect(await find('acorn')).toMatchObject({ value: { failure: { kind: 'too-many-requests' } } });
    expect(fakeNetwork.requests).toHaveLength(1);
  });

  test('nothing is asked while an outage is waited out', async () => {
    fakeNetwork.script(refuse(503));
    await fileAndGoOn(worker, 'Words');
    const running = worker.runOutbox();
    await until(async () => (await worker.readPace()).outage.until > Date.now());
    expect(await people['people.lookUp']({ email: 'a@example.com' })).toMatchObject({
      value: { isKnown: null, failure: { kind: 'unreachable' } },
    });
    expect(fakeNetwork.requests.map(({ method }) => method)).toEqual(['POST']);
    await whileTimePasses(running);
  });

  test('a lookup waits for a ticket that could go, and is not asked when that takes longer than a moment', async () => {
    await fileAndGoOn(worker, 'Words');
    expect(await lookUp()).toMatchObject({ value: { failure: { kind: 'too-many-requests' } } });
    expect(fakeNetwork.requests).toEqual([]);
    const looking = people['people.lookUp']({ email: 'jane@example.com' });
    await whileTimePasses(Promise.all([looking, worker.runOutbox()]));
    expect(fakeNetwork.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  test('a burst of lookups leaves the next ticket its slot', async () => {
    for (let n = 0; n < 4; n += 1) await people['people.lookUp']({ email: `p${n}@example.com` });
    const job = await fileAndGoOn(worker, 'Words');
    const filedAt = Date.now();
    await whileTimePasses(worker.runOutbox(), 1);
    expect(fakeNetwork.requests.find(({ method }) => method === 'POST')?.at).toBe(filedAt);
    expect(await worker.readJob(job.id)).toMatchObject({ state: { name: 'sent' } });
  });
});

describe('what is kept', () => {
  test('goes after thirty days, with the rest that is tidied up, and when it is of another key', async () => {
    fakeNetwork.script(jane, acornFound);
    await lookUp();
    pass(29 * dayMs);
    await find('acorn');
    await whileTimePasses(worker.runOutbox());
    expect(await rows()).toHaveLength(2);
    pass(2 * dayMs);
    await whileTimePasses(worker.runOutbox());
    expect((await rows()).map(({ question }) => question)).toEqual(['accounts:acorn']);
    await worker.saveKey('fake-next-key');
    await whileTimePasses(worker.runOutbox());
    expect(await rows()).toEqual([]);
  });

  test('is at most 500 answers; the oldest go', async () => {
    const db = await worker.database();
    const { id: keyId } = (await chrome.storage.local.get('apiKey'))['apiKey'] as { id: string };
    for (let n = 0; n < 500; n += 1) {
      const answer = { keyId, isKnown: true, name: '' };
      await db.put('directory', { question: `contact:p${n}@example.com`, answer, at: Date.now() - n - 1 });
    }
    fakeNetwork.script(jane);
    await lookUp();
    const questions = (await rows()).map(({ question }) => question);
    expect(questions).toHaveLength(500);
    expect(questions).toContain('contact:jane@example.com');
    expect(questions).not.toContain('contact:p499@example.com');
  });

  test('a lookup that is ended by an erasure leaves nothing', async () => {
    const slow = held();
    fakeNetwork.script(slow.hang);
    const looking = people['people.lookUp']({ email: 'jane@example.com' });
    await until(() => fakeNetwork.requests.length === 1);
    erasing.endAllBegun();
    slow.answer(jane());
    expect(await looking).toEqual({ ok: false, failure: { kind: 'lookup-replaced' } });
    expect(await rows()).toEqual([]);
  });

  test('an answer that comes as everything is erased is not kept', async () => {
    const ended = new AbortController();
    ended.abort();
    await directory.contactDrawer.keep('a@example.com', { isKnown: true, name: '' }, 'k', 1, ended.signal);
    expect(await rows()).toEqual([]);
  });
});

describe('people of the last tickets', () => {
  test('are told without asking', async () => {
    const { draft } = await worker.currentDraft();
    const company = { by: 'id', value: acorn.id, name: acorn.name } as const;
    await worker.editDraft(
      draft.id,
      { customerEmail: 'jane@example.com', customerName: 'Jane', company, companyText: acorn.name },
      draft.body,
    );
    await fileAndGoOn(worker, 'Words');
    expect(await people['people.recent']()).toEqual({
      ok: true,
      value: { customers: [{ email: 'jane@example.com', name: 'Jane' }], companies: [company] },
    });
    expect(fakeNetwork.requests).toEqual([]);
  });
});

describe('the address of an agent', () => {
  const check = (email = 'ada@example.com') => whileTimePasses(people['agent.check']({ email }));

  test('is asked about each time', async () => {
    const ada = () => Response.json({ user: { first_name: 'Ada', last_name: 'Moreau' } });
    fakeNetwork.script(ada, refuse(400, 'user not found'));
    expect(await check()).toMatchObject({ value: { isKnown: true, name: 'Ada Moreau', failure: null } });
    expect(await check()).toMatchObject({ value: { isKnown: false, failure: null } });
    expect(paths()).toEqual(Array(2).fill('GET /fetch-user?email=ada%40example.com'));
    expect(await rows()).toEqual([]);
  });

  test('a 400 in other words says nothing of it', async () => {
    fakeNetwork.script(refuse(400, 'email is invalid'));
    expect(await check()).toMatchObject({
      value: { isKnown: null, failure: { kind: 'rejected', status: 400, detail: 'email is invalid' } },
    });
  });
});
