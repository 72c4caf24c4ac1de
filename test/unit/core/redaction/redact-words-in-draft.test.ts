import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Draft, emptyDraft } from '../../../../src/core/draft.ts';
import { redactWordsInDraft, wordsInDraft } from '../../../../src/core/redaction/redact-words-in-draft.ts';
import { makePicture } from '../../../support/make-picture.ts';

const empty = emptyDraft('0'.repeat(32), 0);

test('words are masked wherever they stand in the texts of a draft', () => {
  const style = { colour: 'red', widthPx: 2 } as const;
  const at = { x: 0, y: 0 };
  const draft: Draft = {
    ...empty,
    title: 'Jane Doe cannot log in',
    body: '> **Jane** Doe\n> jane\n> doe\n',
    customerName: 'Jane Doe',
    page: { page_url: 'https://example.com/Jane%20Doe?q=jane+doe', page_title: 'Jane Doe', os: 'linux' },
    properties: [{ name: 'buyer', value: 'Jane Doe, Berlin', isSent: true }],
    attachments: [
      makePicture({
        name: 'of Jane Doe.png',
        marksRevision: 2,
        marks: [
          { id: 'a', tool: 'text', at, widthPx: 9, letterPx: 9, text: 'ask Jane\nDoe', style },
          { id: 'b', tool: 'step', at, text: 'wait', style },
        ],
      }),
      makePicture({ id: 'other', marksRevision: 2 }),
      {
        kind: 'file',
        id: 'file',
        blobId: 'b',
        name: 'Jane Doe.pdf',
        type: 'application/pdf',
        sizeBytes: 1,
        followsTicket: true,
      },
      { kind: 'image-url', id: 'out', url: 'https://example.com/people/jane-doe.png' },
      { kind: 'image-url', id: 'in', url: 'https://example.com/people/jane-doerr.png' },
      makePicture({ id: 'named', publicUrl: 'https://example.com/jane_doe.png' }),
    ],
  };
  expect(redactWordsInDraft(draft, ['Jane Doe'])).toMatchObject({
    title: '[redacted] cannot log in',
    body: '> [redacted]\n> [redacted]\n',
    customerName: 'Jane Doe',
    page: { page_url: 'https://example.com/redacted?q=redacted', page_title: '[redacted]', os: 'linux' },
    properties: [{ name: 'buyer', value: '[redacted], Berlin', isSent: true }],
    attachments: [
      { name: 'of [redacted].png', marksRevision: 3, marks: [{ text: 'ask [redacted]' }, { text: 'wait' }] },
      { name: 'Visible area', marksRevision: 2 },
      { name: '[redacted].pdf', blobId: 'b' },
      { id: 'in', url: 'https://example.com/people/jane-doerr.png' },
      { id: 'named', publicUrl: null },
    ],
  });
  expect(wordsInDraft(draft, ['Jane Doe'])).toEqual({
    masked: 10,
    leavingImages: 1,
    stayIn: ['customer-name'],
  });
  expect(redactWordsInDraft(draft, ['Ann'])).toEqual(draft);
});

test('an address stays one, whatever is masked in it', () => {
  const url = 'https://jane.example.com:8080/a%20b/jane%20doe?q=jane+doe&r=%C3%BC#x';
  const phrase = fc.oneof(
    fc.constantFrom('https', 'https://jane', '8080', 'com:8080', 'jane doe', 'b/jane', 'ü', 'x', 'q=jane'),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(phrase, { maxLength: 4 }), phrases => {
      const { page_url } = redactWordsInDraft({ ...empty, page: { page_url: url } }, phrases).page;
      expect(URL.canParse(page_url ?? '')).toBe(true);
    }),
  );
});
