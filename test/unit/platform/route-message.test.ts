import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sender } from '../../../src/contract/caller.ts';
import { type MessageName, messages } from '../../../src/contract/messages.ts';
import { ok } from '../../../src/core/result.ts';
import { type Handlers, routeMessage } from '../../../src/platform/privileged/route-message.ts';

const extension = { id: 'abcdefghijklmnop', baseUrl: 'chrome-extension://abcdefghijklmnop/' };
const page: Sender = {
  id: extension.id,
  origin: 'chrome-extension://abcdefghijklmnop',
  url: `${extension.baseUrl}src/popup/popup.html`,
};
const contentScript: Sender = {
  id: extension.id,
  origin: 'https://forum.example.com',
  url: 'https://forum.example.com/thread',
  frameId: 0,
  tab: { id: 7 },
};

/** Handlers that note who got through to them. */
function noting() {
  const reached: string[] = [];
  const handlers = Object.fromEntries(
    Object.keys(messages).map(name => [
      name,
      async () => {
        reached.push(name);
        return ok(null);
      },
    ]),
  ) as unknown as Handlers;
  return { handlers, reached };
}

const goodInputs: Record<MessageName, unknown> = {
  'popup.open': { windowId: 1 },
  'draft.read': { windowId: 1 },
  'draft.edit': { draftId: 'a', edits: { title: 'b' }, baseBody: '' },
  'draft.mask': { draftId: 'a', keys: ['b'] },
  'draft.keep': { draftId: 'a', keys: ['b'] },
  'draft.redactWords': { draftId: 'a', words: ['b'] },
  'draft.applyTemplate': { draftId: 'a', templateId: null },
  'draft.undoRecipe': { draftId: 'a' },
  'draft.startOver': { draftId: 'a' },
  'draft.send': { draftId: 'a' },
  'capture.selection': { windowId: 1, draftId: 'a', onlyIfNew: true },
  'capture.visibleArea': { windowId: 1, draftId: 'a', delaySeconds: 0 },
  'capture.fullPage': { windowId: 1, draftId: 'a', delaySeconds: 3 },
  'capture.pick': { windowId: 1, draftId: 'a', delaySeconds: 5, kind: 'region' },
  'capture.cancel': {},
  'pick.deliver': { nonce: 'a', outcome: 'taken' },
  'attachment.add': { draftId: 'a', blobId: 'a', name: 'b', type: 'image/png' },
  'attachment.move': { draftId: 'a', attachmentId: 'b', toIndex: 1 },
  'attachment.usePixels': { draftId: 'a', attachmentId: 'b', windowId: 1 },
  'attachment.useAddress': { draftId: 'a', attachmentId: 'b' },
  'attachment.mark': { draftId: 'a', attachmentId: 'b', marks: { marks: [], crop: null }, known: [] },
  'attachment.followTicket': { draftId: 'a', attachmentId: 'b', followsTicket: true },
  'attachment.remove': { draftId: 'a', attachmentId: 'b' },
  'drafts.list': {},
  'drafts.open': { draftId: 'a' },
  'drafts.discard': { draftId: 'a' },
  'unsaved.send': { id: '0123456789abcdef0123456789abcdef', title: 'a', body: 'b', keptSecrets: [] },
  'outbox.list': {},
  'outbox.run': {},
  'outbox.networkIsBack': {},
  'job.read': { jobId: 'a' },
  'job.sendNow': { jobId: 'a' },
  'job.edit': { jobId: 'a' },
  'job.discard': { jobId: 'a' },
  'job.undoDiscard': { jobId: 'a' },
  'history.page': { below: null },
  'history.export': { below: 5 },
  'people.recent': {},
  'people.lookUp': { email: 'a@b.c' },
  'accounts.find': { name: 'a' },
  'agent.check': { email: 'a@b.c' },
  'recipes.pages': {},
  'recipes.try': { tabId: 1, recipe: { id: 'a', name: 'b', sites: [], rules: [] } },
  'unreadable.read': { id: 'a' },
  'unreadable.discard': { id: 'a' },
  'key.describe': {},
  'key.test': {},
  'key.remove': {},
  'data.eraseEverything': {},
  'selection.deliver': { nonce: 'a', selection: {} },
};
const names = Object.keys(messages) as MessageName[];

describe('a message reaches its handler', () => {
  test.each(names)('%s, only from those who may call it', async name => {
    for (const [caller, sender] of [
      ['page', page],
      ['content', contentScript],
    ] as const) {
      const { handlers, reached } = noting();
      const answer = await routeMessage(handlers, extension, { name, input: goodInputs[name] }, sender);
      const mayCall = messages[name].callers.includes(caller);
      expect(reached).toEqual(mayCall ? [name] : []);
      expect(answer).toEqual(mayCall ? ok(null) : { ok: false, failure: { kind: 'bad-message' } });
    }
  });

  test('only with an input of exactly the right shape', async () => {
    for (const name of names) {
      const { handlers, reached } = noting();
      const input = { ...(goodInputs[name] as object), surplus: 1 };
      await routeMessage(
        handlers,
        extension,
        { name, input },
        messages[name].callers.includes('page') ? page : contentScript,
      );
      expect(reached).toEqual([]);
    }
  });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'draft.read '])(
  'the name %j reaches nothing',
  async name => {
    const { handlers, reached } = noting();
    const answer = await routeMessage(handlers, extension, { name, input: {} }, page);
    expect(answer).toEqual({ ok: false, failure: { kind: 'bad-message' } });
    expect(reached).toEqual([]);
  },
);

test('a handler that throws is answered for', async () => {
  const { handlers } = noting();
  handlers['outbox.list'] = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  const answer = await routeMessage(handlers, extension, { name: 'outbox.list', input: {} }, page);
  expect(answer).toEqual({ ok: false, failure: { kind: 'storage-full' } });
});

test('10,000 made-up messages from made-up senders never reach what a page alone may call', async () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(
      extension.id,
      page.origin,
      page.url,
      contentScript.url,
      'null',
      'chrome-extension://other/',
    ),
  );
  const sender = fc.record(
    {
      id: text,
      origin: text,
      url: text,
      frameId: fc.integer({ min: -1, max: 3 }),
      tab: fc.record({ id: fc.integer() }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
  const message = fc.oneof(
    fc.anything(),
    fc.record({ name: fc.oneof(fc.constantFrom(...names), fc.string()), input: fc.anything() }),
    fc.constantFrom(...names).map(name => ({ name, input: goodInputs[name] })),
  );
  await fc.assert(
    fc.asyncProperty(message, sender, async (sent, from) => {
      const { handlers, reached } = noting();
      await routeMessage(handlers, extension, sent, from as Sender);
      const isPage = from.id === page.id && from.origin === page.origin && from.url === page.url;
      if (!isPage)
        expect(reached.filter(name => !messages[name as MessageName].callers.includes('content'))).toEqual(
          [],
        );
    }),
    { numRuns: 10_000 },
  );
});
