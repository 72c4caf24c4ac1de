import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { secretKey } from '../../../src/core/redaction/secrets-in-draft.ts';
import { defaultSettings, type Settings } from '../../../src/core/settings.ts';
import { answerOf, askWorker } from '../../support/ask-worker.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { fakeNetwork } from '../../support/fake-network.ts';
import { closeProfile, connectedWorker, startListeningWorker } from '../../support/simulated-worker.ts';

beforeEach(async () => {
  await connectedWorker();
  await startListeningWorker();
});
afterEach(() => {
  vi.restoreAllMocks();
  closeProfile();
});

const email = 'jane@customer.example';
const typed = { id: 'a'.repeat(32), title: 'Export', body: `${email} cannot log in`, keptSecrets: [] };
const asked = { ok: false, failure: { kind: 'unmasked-secrets' } };
const bodies = () => fakeNetwork.requests.map(({ fields }) => fields.get('query'));
const store = (redaction: Settings['redaction']) =>
  fakeBrowser.store({ settings: { ...defaultSettings, redaction } });

test('words with something private in them leave only when the person said so', async () => {
  expect(await askWorker('unsaved.send', typed)).toEqual(asked);
  expect(fakeNetwork.requests).toEqual([]);
  const another = [secretKey('email', 'joe@customer.example')];
  expect(await askWorker('unsaved.send', { ...typed, keptSecrets: another })).toEqual(asked);
  await answerOf('unsaved.send', { ...typed, keptSecrets: [secretKey('email', email)] });
  expect(bodies()).toEqual([`${email} cannot log in`]);
});

test('what is looked for is what the settings say', async () => {
  store({ kinds: ['own'], ownPatterns: ['Project Bluebird'] });
  expect(await askWorker('unsaved.send', { ...typed, title: 'Project Bluebird' })).toEqual(asked);
  await answerOf('unsaved.send', typed);
  expect(bodies()).toEqual([`${email} cannot log in`]);
});

test('settings that cannot be read are no reason to look for nothing', async () => {
  store({ kinds: [], ownPatterns: [] });
  const { browser } = await import('../../../src/platform/browser.ts');
  const { local } = browser.storage;
  const get = local.get.bind(local);
  vi.spyOn(local, 'get').mockImplementation(async name => {
    if (name === 'settings') throw new Error('IO error: .../LOCK: File currently in use');
    return get(name);
  });
  expect(await askWorker('unsaved.send', typed)).toEqual(asked);
  expect(fakeNetwork.requests).toEqual([]);
});
