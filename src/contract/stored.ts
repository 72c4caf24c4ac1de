import { bodyLimitCharacters, type Draft, type DraftEdits, pageDetailNames } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import type { Job } from '../core/outbox/job.ts';
import type { Ledger } from '../core/outbox/ledger.ts';
import type { Pace } from '../core/outbox/pace.ts';
import { recipeRuleLimit } from '../core/recipe/recipe.ts';
import { secretKinds } from '../core/redaction/secret-kind.ts';
import type { AgeMark } from '../core/retention.ts';
import { cropSchema, marksSchema } from './marks.ts';
import { z } from './zod.ts';

// Everything that comes back from a disk passes through here: a record that does not parse is left
// where it is and is never overwritten by defaults.

/** A found secret is named by its kind and a fingerprint, or by the picture that it stands in. */
export const secretKeyLimitCharacters = 200;

const text = (limitCharacters: number) => z.string().check(z.maxLength(limitCharacters));
/** The last instant that the calendar of JavaScript has; past it every text of a day or an hour throws. */
const lastInstantMs = 8.64e15;
const instant = z.number().check(z.gte(0), z.lte(lastInstantMs));
const pageDetailName = z.enum(pageDetailNames);

const sentPicture = z.strictObject({
  blobId: text(64),
  type: text(fieldLimitsCharacters.fileType),
  fit: z.strictObject({ maxError: z.number(), colours: z.nullable(z.number()), scale: z.number() }),
});

const attachment = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('image'),
    id: text(64),
    blobId: text(64),
    name: text(fieldLimitsCharacters.fileName),
    type: text(fieldLimitsCharacters.fileType),
    widthPx: instant,
    heightPx: instant,
    sizeBytes: instant,
    marks: marksSchema,
    crop: cropSchema,
    marksRevision: instant,
    wordsBlobId: z.nullable(text(64)),
    isSearchedWhole: z.boolean(),
    uncovered: z.partialRecord(z.enum(secretKinds), instant),
    prepared: z.nullable(
      z.strictObject({
        marksRevision: instant,
        ticket: z.nullable(sentPicture),
        full: z.nullable(sentPicture),
      }),
    ),
    followsTicket: z.boolean(),
    cutAtPx: z.nullable(instant),
    publicUrl: z.nullable(text(2_000)),
  }),
  z.strictObject({ kind: z.literal('image-url'), id: text(64), url: text(2_000) }),
  z.strictObject({
    kind: z.literal('file'),
    id: text(64),
    blobId: text(64),
    name: text(fieldLimitsCharacters.fileName),
    type: text(fieldLimitsCharacters.fileType),
    sizeBytes: instant,
    followsTicket: z.boolean(),
    place: z.exactOptional(z.enum(['told', 'unknown'])),
  }),
]);

const company = z.strictObject({
  by: z.enum(['id', 'source_specific_id']),
  value: text(fieldLimitsCharacters.companyId),
  name: text(fieldLimitsCharacters.companyText),
});

const property = z.strictObject({
  name: text(fieldLimitsCharacters.propertyName),
  value: text(fieldLimitsCharacters.propertyValue),
  isSent: z.boolean(),
});

/** What a template reads and writes; a text that it made may be as long as a draft's. */
const templateFields = z.strictObject({
  title: text(fieldLimitsCharacters.title),
  body: text(bodyLimitCharacters),
  category: text(fieldLimitsCharacters.category),
});

const appliedTemplate = z.strictObject({
  id: text(64),
  name: text(fieldLimitsCharacters.templateName),
  title: text(fieldLimitsCharacters.title),
  body: text(fieldLimitsCharacters.templateBody),
  category: text(fieldLimitsCharacters.category),
  before: templateFields,
  after: templateFields,
  isChosen: z.boolean(),
});

const filledByRecipe = z.strictObject({
  id: text(64),
  name: text(fieldLimitsCharacters.templateName),
  pageUrl: text(4_000),
  fields: z.strictObject({
    customerEmail: z.exactOptional(text(fieldLimitsCharacters.customerEmail)),
    customerName: z.exactOptional(text(fieldLimitsCharacters.customerName)),
    companyText: z.exactOptional(text(fieldLimitsCharacters.companyText)),
    company: z.exactOptional(z.nullable(company)),
  }),
  properties: z.array(text(fieldLimitsCharacters.propertyName)),
});

const editableFields = {
  kind: z.enum(['ticket', 'reply']),
  title: text(fieldLimitsCharacters.title),
  body: text(bodyLimitCharacters),
  category: text(fieldLimitsCharacters.category),
  customerEmail: text(fieldLimitsCharacters.customerEmail),
  customerName: text(fieldLimitsCharacters.customerName),
  companyText: text(fieldLimitsCharacters.companyText),
  company: z.nullable(company),
  replyTarget: text(fieldLimitsCharacters.replyTarget),
  omittedDetails: z.array(pageDetailName),
  properties: z.array(property).check(z.maxLength(recipeRuleLimit)),
  isFiledNoticeClosed: z.boolean(),
} as const;

export const draftEditsSchema: z.ZodMiniType<DraftEdits> = z.strictObject({
  kind: z.exactOptional(editableFields.kind),
  title: z.exactOptional(editableFields.title),
  body: z.exactOptional(editableFields.body),
  category: z.exactOptional(editableFields.category),
  customerEmail: z.exactOptional(editableFields.customerEmail),
  customerName: z.exactOptional(editableFields.customerName),
  companyText: z.exactOptional(editableFields.companyText),
  company: z.exactOptional(editableFields.company),
  replyTarget: z.exactOptional(editableFields.replyTarget),
  omittedDetails: z.exactOptional(editableFields.omittedDetails),
  properties: z.exactOptional(editableFields.properties),
  isFiledNoticeClosed: z.exactOptional(editableFields.isFiledNoticeClosed),
});

export const draftSchema: z.ZodMiniType<Draft> = z.strictObject({
  version: z.literal(4),
  id: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  ...editableFields,
  attachments: z.array(attachment),
  template: z.nullable(appliedTemplate),
  recipe: z.nullable(filledByRecipe),
  page: z.partialRecord(pageDetailName, text(4_000)),
  seenSelections: z.array(text(64)),
  keptSecrets: z.array(text(secretKeyLimitCharacters)),
  putAsideAt: z.nullable(instant),
  createdAt: instant,
  capturedAt: z.nullable(instant),
  revision: instant,
  attempts: instant,
  mayHaveArrived: z.boolean(),
});

const requestFile = z.strictObject({
  blobId: text(64),
  name: text(fieldLimitsCharacters.fileName),
  type: text(fieldLimitsCharacters.fileType),
});

const agent = z.strictObject({
  email: text(fieldLimitsCharacters.agentEmail),
  name: text(fieldLimitsCharacters.agentName),
});

const request = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ticket'),
    title: text(fieldLimitsCharacters.title),
    query: text(bodyLimitCharacters),
    customer: z.nullable(
      z.strictObject({
        email: text(fieldLimitsCharacters.customerEmail),
        name: text(fieldLimitsCharacters.customerName),
      }),
    ),
    company: z.nullable(company),
    additionalProperties: z.record(z.string(), z.union([z.string(), z.number()])),
    originalTimestamp: text(40),
    images: z.array(requestFile),
    imageUrls: z.array(text(2_000)),
    followUp: z.exactOptional(
      z.strictObject({ content: text(bodyLimitCharacters), agent, files: z.array(requestFile) }),
    ),
  }),
  z.strictObject({
    kind: z.literal('reply'),
    target: z.discriminatedUnion('parameter', [
      z.strictObject({ parameter: z.literal('id'), value: text(200) }),
      z.strictObject({ parameter: z.literal('source_specific_id'), value: text(500) }),
    ]),
    content: text(bodyLimitCharacters),
    agent,
    originalTimestamp: text(40),
    files: z.array(requestFile),
    imageUrls: z.array(text(2_000)),
  }),
]);

// A stored failure is only shown; an unknown kind of a later version must not make the job unreadable.
const failure = z.looseObject({ kind: z.string() }) as unknown as z.ZodMiniType<Failure>;

const jobState = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('queued'), since: instant, isUrgent: z.boolean() }),
  z.strictObject({ name: z.literal('sending'), since: instant, runId: text(64) }),
  z.strictObject({ name: z.literal('waiting'), until: instant, failure }),
  z.strictObject({ name: z.literal('paused'), failure }),
  z.strictObject({ name: z.literal('attention'), failure }),
  z.strictObject({ name: z.literal('unknown'), failure }),
  z.strictObject({
    name: z.literal('sent'),
    at: instant,
    ticketNumber: z.nullable(text(200)),
    historyId: z.nullable(text(200)),
  }),
]);

export const jobSchema: z.ZodMiniType<Job> = z.strictObject({
  version: z.literal(3),
  id: text(64),
  draftId: text(64),
  draftRevision: instant,
  createdAt: instant,
  order: instant,
  attempts: instant,
  failuresInRow: instant,
  deathsInRow: instant,
  mayHaveArrived: z.boolean(),
  mayHoldEarlierText: z.boolean(),
  request,
  pageUrl: z.nullable(text(4_000)),
  passages: z.array(text(64)),
  keepsFiles: z.boolean(),
  state: jobState,
});

/** What was discarded and may be taken back. */
export const discardedSchema = z.strictObject({
  id: text(64),
  job: jobSchema,
  draft: z.nullable(draftSchema),
  discardedAt: instant,
  takenWith: z.exactOptional(text(64)),
});

/** When it was last looked for what is old, and from when on it may be removed. */
export const ageMarkSchema: z.ZodMiniType<AgeMark> = z.strictObject({
  lookedAt: instant,
  removesFrom: instant,
});

/** The key's record in `storage.local`. The id is random: it tells a newly entered key from the one before. */
export const keyRecordSchema = z.strictObject({ version: z.literal(1), id: text(64), value: text(2_000) });
export type KeyRecord = z.infer<typeof keyRecordSchema>;

/** Which key was refused last, and in what words: nothing is sent with that one any more. */
export const refusedKeySchema = z.strictObject({ keyId: text(64), failure });
export type RefusedKey = z.infer<typeof refusedKeySchema>;

const limiter = z.strictObject({ tatMs: z.number(), share: z.number().check(z.gte(1 / 32), z.lte(1)) });
const gate = z.strictObject({ since: instant, until: instant, failuresInRow: instant, windowMs: instant });
export const paceSchema: z.ZodMiniType<Pace> = z.strictObject({
  outage: gate,
  limiter: z.strictObject({ ticket: limiter, reply: limiter }),
  refusals: z.strictObject({ ticket: gate, reply: gate }),
});

export const ledgerSchema: z.ZodMiniType<Ledger> = z.strictObject({
  enqueued: instant,
  withdrawn: instant,
  discarded: instant,
});

/** What an organisation may set; the same as in `public/managed-schema.json`. */
export const managedPolicySchema = z.object({
  sharedBy: z.optional(z.int().check(z.gte(1), z.lte(100_000))),
});
