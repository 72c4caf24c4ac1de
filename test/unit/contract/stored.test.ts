import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import managedSchema from '../../../public/managed-schema.json' with { type: 'json' };
import {
  draftEditsSchema,
  draftSchema,
  jobSchema,
  keyRecordSchema,
  ledgerSchema,
  managedPolicySchema,
  paceSchema,
} from '../../../src/contract/stored.ts';
import { parseSettings } from '../../../src/contract/stored-settings.ts';
import { bodyLimitCharacters, type Draft, emptyDraft } from '../../../src/core/draft.ts';
import type { Job, JobState } from '../../../src/core/outbox/job.ts';
import { emptyLedger, type Ledger } from '../../../src/core/outbox/ledger.ts';
import { idlePace, type Pace } from '../../../src/core/outbox/pace.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { makePicture } from '../../support/make-picture.ts';

const draft: Draft = {
  ...emptyDraft('0123456789abcdef0123456789abcdef', 1_718_044_440_000),
  title: 'Title',
  body: 'Body\n',
  page: { page_url: 'https://example.com/', viewport: '800×600 @2x' },
  omittedDetails: ['os'],
  attachments: [
    makePicture({
      marks: [{ id: 'm', tool: 'redact', rect: { x: 1, y: 2, width: 3.5, height: 4 }, found: 'email' }],
      crop: { x: 0, y: 0, width: 10, height: 10 },
      uncovered: { phone: 2 },
    }),
    { kind: 'image-url', id: 'd', url: 'https://example.com/a.png' },
    {
      kind: 'file',
      id: 'e',
      blobId: 'f',
      name: 'log.txt',
      type: 'text/plain',
      sizeBytes: 9,
      followsTicket: true,
    },
  ],
  seenSelections: ['fingerprint'],
  capturedAt: 1_718_044_441_000,
};

const ticketJob: Job = {
  version: 3,
  id: 'cap_0123456789abcdef0123456789abcdef',
  draftId: draft.id,
  draftRevision: 3,
  createdAt: 1,
  order: 5,
  attempts: 2,
  failuresInRow: 1,
  deathsInRow: 2,
  mayHaveArrived: true,
  mayHoldEarlierText: false,
  pageUrl: null,
  passages: ['fingerprint'],
  keepsFiles: false,
  request: {
    kind: 'ticket',
    title: 'Title',
    query: 'Body',
    customer: { email: 'grace@example.com', name: '' },
    company: { by: 'source_specific_id', value: 'acme-42', name: 'Acme' },
    additionalProperties: { page_url: 'https://example.com/', count: 3 },
    originalTimestamp: '2024-06-10T18:34:00Z',
    images: [{ blobId: 'c', name: 'a.png', type: 'image/png' }],
    imageUrls: [],
  },
  state: { name: 'queued', since: 4, isUrgent: false },
};

const replyJob: Job = {
  ...ticketJob,
  request: {
    kind: 'reply',
    target: { parameter: 'id', value: '01J00000000000000000000000' },
    content: 'Body',
    agent: { email: 'ada@example.com', name: 'Ada' },
    originalTimestamp: '2024-06-10T18:34:00Z',
    files: [],
    imageUrls: ['https://example.com/a.png'],
  },
};

const states: JobState[] = [
  { name: 'queued', since: 4, isUrgent: true },
  { name: 'sending', since: 1, runId: 'run' },
  { name: 'waiting', until: 2, failure: { kind: 'too-many-requests', retryAfterMs: null } },
  { name: 'paused', failure: { kind: 'key-refused', status: 401, detail: 'Invalid' } },
  { name: 'attention', failure: { kind: 'rejected', status: 422, detail: 'title' } },
  { name: 'unknown', failure: { kind: 'timed-out' } },
  { name: 'sent', at: 3, ticketNumber: 'ASM-7', historyId: null },
];

const key = { version: 1, id: 'a', value: 'fake-key-0000' };
const pace: Pace = {
  outage: { since: 1, until: 2, failuresInRow: 3, windowMs: 4 },
  limiter: { ticket: { tatMs: 1.5, share: 1 / 32 }, reply: { tatMs: 2, share: 1 } },
  refusals: { ...idlePace.refusals, reply: { since: 5, until: 6, failuresInRow: 7, windowMs: 8 } },
};
const ledger: Ledger = { enqueued: 3, withdrawn: 1, discarded: 2 };

const versioned: [string, z.ZodMiniType, { version: number }][] = [
  ['draft', draftSchema, draft],
  ['empty draft', draftSchema, emptyDraft(draft.id, 0, 'reply')],
  ['ticket job', jobSchema, ticketJob],
  ['reply job', jobSchema, replyJob],
  ['key', keyRecordSchema, key],
];
const records: [string, z.ZodMiniType, object][] = [
  ...versioned,
  ['pace', paceSchema, pace],
  ['pace of an outbox that has sent nothing', paceSchema, idlePace],
  ['ledger', ledgerSchema, ledger],
  ['ledger of an outbox that is new', ledgerSchema, emptyLedger],
];

const parses = (schema: z.ZodMiniType, value: unknown) => schema.safeParse(value).success;

describe.each(records)('%s', (_, schema, record) => {
  test('comes back as it was stored', () => {
    expect(schema.parse(structuredClone(record))).toEqual(record);
    expect(schema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test('with a field that we do not know is not ours to read', () => {
    expect(parses(schema, { ...record, addedLater: true })).toBe(false);
  });

  test('does not parse when any one field is missing', () => {
    for (const name of Object.keys(record)) {
      const { [name as keyof typeof record]: _removed, ...rest } = record;
      expect(parses(schema, rest), name).toBe(false);
    }
  });
});

describe.each(versioned)('%s', (_, schema, record) => {
  const { version } = record;
  test.each([0, version - 1, version + 1, String(version), undefined])(
    'of version %j is not ours to read',
    other => expect(parses(schema, { ...record, version: other })).toBe(false),
  );
});

test.each([null, undefined, 'text', 7, []])('%j is no record', value => {
  for (const [, schema] of records) expect(parses(schema, value)).toBe(false);
});

describe('a job', () => {
  test.each(states)('in the state $name comes back as it was stored', state => {
    const job = { ...ticketJob, state };
    expect(jobSchema.parse(structuredClone(job))).toEqual(job);
  });

  test('whose failure is of a later version stays readable', () => {
    const state = { name: 'attention', failure: { kind: 'of-a-later-version', more: 1 } };
    expect(jobSchema.parse({ ...ticketJob, state })).toEqual({ ...ticketJob, state });
  });

  test.each([
    { name: 'sending', since: -1, runId: 'run' },
    { name: 'waiting', until: 1 },
    { name: 'of a later version' },
    { name: 'queued', since: 1, isUrgent: false, more: true },
    { name: 'queued', since: 1 },
    { name: 'queued' },
  ])('in the state %o does not parse', state => {
    expect(parses(jobSchema, { ...ticketJob, state })).toBe(false);
  });
});

describe('a draft', () => {
  test.each([
    { id: 'not 32 hex digits' },
    { kind: 'note' },
    { body: 'x'.repeat(bodyLimitCharacters + 1) },
    { page: { cookie: 'x' } },
    { omittedDetails: ['cookie'] },
    { attachments: [{ kind: 'image-url', id: 'd', url: 'https://example.com/', more: 1 }] },
    { createdAt: -1 },
    { createdAt: 8.64e15 + 1 },
  ])('with %o does not parse', changes => {
    expect(parses(draftSchema, { ...draft, ...changes })).toBe(false);
  });
});

describe('edits', () => {
  test('are any of the fields that typing changes, and none is as good', () => {
    expect(draftEditsSchema.parse({})).toEqual({});
    const edits = { kind: 'reply', body: 'x', omittedDetails: ['os'] };
    expect(draftEditsSchema.parse(edits)).toEqual(edits);
  });

  test.each([{ id: 'x' }, { attachments: [] }, { page: {} }, { title: undefined }, { version: 1 }])(
    '%o is none of them',
    edits => {
      expect(parses(draftEditsSchema, edits)).toBe(false);
    },
  );
});

describe('a pace', () => {
  test.each([
    { limiter: { ticket: pace.limiter.ticket } },
    { limiter: { ...pace.limiter, ticket: { tatMs: 1, share: 0 } } },
    { limiter: { ...pace.limiter, ticket: { tatMs: 1, share: 1.01 } } },
    { limiter: { ...pace.limiter, ticket: { tatMs: Number.POSITIVE_INFINITY, share: 1 } } },
    { refusals: { ticket: pace.refusals.ticket } },
    { outage: { ...pace.outage, until: Number.NaN } },
    { outage: { ...pace.outage, since: -1 } },
    { outage: { ...pace.outage, more: 1 } },
  ])('with %o does not parse', changes => {
    expect(parses(paceSchema, { ...pace, ...changes })).toBe(false);
  });
});

describe('the policy of an organisation', () => {
  const { minimum, maximum } = managedSchema.properties.sharedBy;

  test.each([{}, { sharedBy: minimum }, { sharedBy: maximum }])('%o', policy => {
    expect(managedPolicySchema.parse(policy)).toEqual(policy);
  });

  test('may have entries for later versions', () => {
    expect(managedPolicySchema.parse({ sharedBy: 40, addedLater: true })).toMatchObject({ sharedBy: 40 });
  });

  test.each([minimum - 1, -1, 1.5, maximum + 1, '40', null])(
    'does not take %j for a number of people',
    sharedBy => {
      expect(parses(managedPolicySchema, { sharedBy })).toBe(false);
    },
  );
});

describe('settings', () => {
  const {
    templates: _t,
    recipes: _r,
    retention: _n,
    ...second
  } = {
    ...defaultSettings,
    agentName: 'Ada Example',
  };
  const { redaction: _, ...old } = second;

  test('of this version come back as they are', () => {
    expect(parseSettings(defaultSettings)).toEqual(defaultSettings);
  });

  test('of version 1 come back with all that is looked for by default', () => {
    expect(parseSettings({ ...old, version: 1 })).toEqual({ ...defaultSettings, agentName: 'Ada Example' });
  });

  test('of version 2 come back with the default retention', () => {
    const redaction = { kinds: ['phone'], ownPatterns: ['ACME-*'] };
    const stored = { ...second, redaction, version: 2 };
    expect(parseSettings(stored)).toEqual({ ...defaultSettings, agentName: 'Ada Example', redaction });
  });

  test.each([
    null,
    {},
    { ...defaultSettings, version: 9 },
    { ...old, version: 2 },
    { ...old, version: 1, more: 1 },
  ])('of no known version are none: %j', stored => expect(parseSettings(stored)).toBeNull());
});
