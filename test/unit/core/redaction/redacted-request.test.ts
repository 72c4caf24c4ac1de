import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { putAddress } from '../../../../src/core/attachment-changes.ts';
import { type Attachment, type Draft, emptyDraft, pageDetailNames } from '../../../../src/core/draft.ts';
import { requestFromDraft } from '../../../../src/core/draft-request.ts';
import type { AddressingField } from '../../../../src/core/draft-texts.ts';
import type { JobRequest } from '../../../../src/core/outbox/job.ts';
import { withoutRecipe } from '../../../../src/core/recipe/without-recipe.ts';
import { redactWordsInDraft, wordsInDraft } from '../../../../src/core/redaction/redact-words-in-draft.ts';
import { applyTemplate, refillTemplate } from '../../../../src/core/template/fill-template.ts';
import { withoutTemplate } from '../../../../src/core/template/without-template.ts';
import { makePicture } from '../../../support/make-picture.ts';

const phrase = 'Jürgen Quixley';
/** The words as people, programs and addresses write them. */
const inWords = fc.constantFrom(
  'Jürgen Quixley',
  'JÜRGEN  QUIXLEY',
  'jürgen\nquixley',
  '**Jürgen** Quixley',
  'Jürgen Quixley'.normalize('NFD'),
);
const inName = fc.constantFrom(
  'jürgen-quixley.png',
  'x_juergen_quixley_2',
  'jurgen.quixley@example.com',
  'J%C3%BCrgen%20Quixley.pdf',
  'jurgenquixley/orders',
  'https://example.com/c/j%C3%BCrgen-quixley?q=j%C3%BCrgen+quixley#x',
);
const anything = fc.oneof(inWords, inName);
const fill = fc.constantFrom(
  '',
  'The order',
  'cannot log in.',
  '> quoted\n\n',
  '- 12 items',
  'naïve — “so”',
  '[a](b)',
);
const textWith = (words: fc.Arbitrary<string>) =>
  fc.array(fc.oneof(fill, fill, words), { maxLength: 4 }).map(parts => parts.join(' '));
const prose = textWith(anything);
const name = fc.oneof(textWith(inWords), inName).map(text => text.slice(0, 150) || 'a.png');
const url = fc
  .oneof(fill, anything)
  .map(words => `https://pictures.example.com/${encodeURIComponent(words).replaceAll('%20', '+')}`);
const bare = fc.constantFrom('', 'Ann', phrase);

const style = { colour: 'red', widthPx: 2 } as const;
const picture = fc.record({ name, mark: prose, publicUrl: fc.option(url), isFull: fc.boolean() }).map(
  ({ name, mark, publicUrl, isFull }): Attachment =>
    makePicture({
      name,
      publicUrl,
      followsTicket: isFull,
      marks: mark === '' ? [] : [{ id: 'm', tool: 'step', at: { x: 0, y: 0 }, text: mark, style }],
    }),
);
const file = name.map(
  (name): Attachment => ({
    kind: 'file',
    id: 'file',
    blobId: 'blob',
    name,
    type: 'application/pdf',
    sizeBytes: 1,
    followsTicket: true,
  }),
);
const image = url.map((url): Attachment => ({ kind: 'image-url', id: 'image', url }));

const drafts: fc.Arbitrary<Draft> = fc
  .record({
    kind: fc.constantFrom('ticket' as const, 'reply' as const),
    title: prose,
    body: prose.map(words => `Words ${words}`),
    customerName: bare,
    category: bare,
    details: fc.array(fc.oneof(prose, url), { minLength: 7, maxLength: 7 }),
    page_url: url,
    property: prose,
    attachments: fc.array(fc.oneof(picture, file, image), { maxLength: 4 }),
    template: fc.option(fc.record({ title: prose, body: prose })),
  })
  .map(({ details, page_url, property, template, ...fields }) => {
    const draft: Draft = {
      ...emptyDraft('0'.repeat(32), 0),
      ...fields,
      customerEmail: 'customer@example.com',
      replyTarget: '01J8ZC2V5X9M3N4P6Q7R8S9T0V',
      page: {
        ...Object.fromEntries(pageDetailNames.map((name, index) => [name, details[index] ?? ''])),
        page_url,
      },
      properties: [{ name: 'order', value: property, isSent: true }],
    };
    if (template === null) return draft;
    return applyTemplate(draft, { id: 't', name: 'T', category: '', ...template }, values, true);
  });
const values = { agentName: 'Ana', date: 'today', time: 'now' };

/** What is not made yet of a picture is made of what it is by then. */
function requestOf(draft: Draft): JobRequest {
  const attachments = draft.attachments.map(attachment => {
    if (attachment.kind !== 'image') return attachment;
    const { prepared: _, ...picture } = attachment;
    return makePicture(picture);
  });
  const request = requestFromDraft(
    { ...draft, attachments },
    {
      redactionRules: { kinds: [], ownPatterns: [] },
      notesOfPicture: ({ name, marks }) =>
        [name, ...marks.map(mark => ('text' in mark ? mark.text : ''))].join('\n'),
      followUpMessage: () => 'Files',
      agent: { name: 'Ana', email: 'ana@example.com' },
      extensionVersion: '1',
      sourceIdOfTicket: () => null,
      fallbackTitle: 'Untitled',
      now: 0,
    },
  );
  if (!request.ok) throw new Error(JSON.stringify(request.failure));
  return request.value;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}

/** Whether a text tells the name to a reader, however it is written: nothing of what the product decides by. */
function tells(text: string): boolean {
  const read = text.replace(/(?:%[0-9a-f]{2})+/gi, escapes => decodeURIComponent(escapes));
  const letters = read
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return /jue?rgenquixley/.test(letters);
}

/** The request without what says whom and what it is for. */
function withoutAddressing(request: JobRequest): unknown {
  if (request.kind === 'reply') return { ...request, target: null };
  const { category: _, ...properties } = request.additionalProperties;
  return { ...request, customer: null, company: null, additionalProperties: properties };
}

/** What can become of a draft by itself, or by a press that takes something back. */
const afterwards: Record<string, (draft: Draft) => Draft> = {
  'as it is': draft => draft,
  'its template taken back': withoutTemplate,
  'its template filled anew': draft => refillTemplate(draft, values),
  'its recipe taken back': withoutRecipe,
  'its pictures by their address': draft => ({
    ...draft,
    attachments: draft.attachments.reduce(
      (attachments, { id }) => putAddress(attachments, id),
      draft.attachments,
    ),
  }),
};

describe('a request of a draft whose words were covered everywhere', () => {
  test.each(Object.entries(afterwards))('holds them nowhere: %s', (_, change) => {
    fc.assert(
      fc.property(drafts, draft => {
        const request = requestOf(change(redactWordsInDraft(draft, [phrase])));
        expect(stringsIn(withoutAddressing(request)).filter(tells)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('holds them only where it was said that they stay', () => {
    fc.assert(
      fc.property(drafts, draft => {
        const redacted = redactWordsInDraft(draft, [phrase]);
        expect(wordsInDraft(redacted, [phrase])).toMatchObject({ masked: 0, leavingImages: 0 });
        const request = requestOf(redacted);
        const { stayIn } = wordsInDraft(draft, [phrase]);
        const told: AddressingField[] =
          request.kind === 'reply'
            ? []
            : [
                ...(tells(request.customer?.name ?? '') ? ['customer-name' as const] : []),
                ...(tells(String(request.additionalProperties['category'] ?? ''))
                  ? ['category' as const]
                  : []),
              ];
        expect(stayIn).toEqual(told);
      }),
    );
  });
});
