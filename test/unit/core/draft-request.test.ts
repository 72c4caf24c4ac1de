import { describe, expect, test } from 'vitest';
import {
  type Attachment,
  bodyLimitCharacters,
  type Draft,
  emptyDraft,
  type PreparedPicture,
} from '../../../src/core/draft.ts';
import {
  isEmail,
  type RequestContext,
  requestFromDraft,
  rfc3339,
  sentPageDetails,
  ticketTitle,
  titleLimitCharacters,
} from '../../../src/core/draft-request.ts';
import { losslessFit } from '../../../src/core/image/picture-fit.ts';
import { undecidedSecrets } from '../../../src/core/redaction/undecided-secrets.ts';
import { makePicture } from '../../support/make-picture.ts';

const context: RequestContext = {
  agent: { name: 'Ada Example', email: 'ada@example.com' },
  extensionVersion: '0.1.0',
  fallbackTitle: 'Screenshot',
  redactionRules: { kinds: ['email'], ownPatterns: [] },
  notesOfPicture: () => null,
  followUpMessage: ({ hasPictures, hasFiles }) =>
    hasPictures ? (hasFiles ? 'At full size, and files.' : 'At full size.') : 'Files.',
  sourceIdOfTicket: number => (number === 'ASM-7' ? 'cap_seven' : null),
  now: Date.UTC(2024, 5, 10, 18, 34, 0, 789),
};
const draftOf = (changes: Partial<Draft>): Draft => ({ ...emptyDraft('d', 0), ...changes });
const replyOf = (changes: Partial<Draft>): Draft => draftOf({ kind: 'reply', ...changes });

const picture = makePicture({
  name: 'photo.jpg',
  prepared: {
    marksRevision: 0,
    ticket: { blobId: 'fitted', type: 'image/png', fit: { maxError: 0, colours: null, scale: 0.5 } },
    full: { blobId: 'full', type: 'image/png', fit: losslessFit },
  },
});
const address: Attachment = { kind: 'image-url', id: 'u', url: 'https://example.com/a.png' };

/** The request, for a draft that has no problem. */
function requestOf(draft: Draft) {
  const request = requestFromDraft(draft, context);
  if (!request.ok) throw new Error(JSON.stringify(request.failure));
  return request.value;
}

function problemsOf(draft: Draft, changes: Partial<RequestContext> = {}) {
  const request = requestFromDraft(draft, { ...context, ...changes });
  if (request.ok) return [];
  return request.failure.kind === 'draft-incomplete' ? request.failure.problems : request.failure;
}

describe('a ticket', () => {
  test('carries what was written, captured and chosen', () => {
    const draft = draftOf({
      title: ' Export\n stops ',
      body: '\nIt stops.\n',
      category: 'Bug',
      customerEmail: ' grace@example.com ',
      customerName: ' Grace \n Example ',
      attachments: [picture, address],
      page: { page_url: 'https://example.com/', page_title: 'A page', os: '' },
      omittedDetails: ['page_title'],
      capturedAt: Date.UTC(2024, 5, 10, 18, 33, 59, 999),
    });
    expect(requestOf(draft)).toEqual({
      kind: 'ticket',
      title: 'Export stops',
      query: 'It stops.',
      customer: { email: 'grace@example.com', name: 'Grace Example' },
      company: null,
      additionalProperties: {
        page_url: 'https://example.com/',
        category: 'Bug',
        extension_version: '0.1.0',
      },
      originalTimestamp: '2024-06-10T18:33:59Z',
      images: [{ blobId: 'fitted', name: 'photo.jpg', type: 'image/png' }],
      imageUrls: ['https://example.com/a.png'],
    });
  });

  test('without a description says its title there, and without a capture it is of now', () => {
    expect(requestOf(draftOf({ title: 'Only a title' }))).toMatchObject({
      title: 'Only a title',
      query: 'Only a title',
      customer: null,
      additionalProperties: { extension_version: '0.1.0' },
      originalTimestamp: '2024-06-10T18:34:00Z',
    });
  });

  test('with a picture and not one word has a title all the same', () => {
    expect(requestOf(draftOf({ attachments: [picture] }))).toMatchObject({
      title: 'Screenshot',
      query: 'Screenshot',
    });
  });

  test.each<[string, Partial<Draft>, string[]]>([
    ['nothing at all', { title: ' ', body: '\n' }, ['nothing-to-send']],
    ['an odd address', { body: 'x', customerEmail: 'grace@' }, ['customer-email-invalid']],
    ['a name without an address', { body: 'x', customerName: 'Grace' }, ['customer-email-missing']],
    ['several at once', { customerEmail: 'grace' }, ['nothing-to-send', 'customer-email-invalid']],
    ['no problem', { body: 'x', customerEmail: 'grace@example.com' }, []],
  ])('problems: %s', (_, changes, problems) => {
    expect(problemsOf(draftOf(changes))).toEqual(problems);
  });

  test('needs no name of the person who sends it', () => {
    expect(problemsOf(draftOf({ body: 'x' }), { agent: { name: '', email: '' } })).toEqual([]);
  });
});

describe('the title of a ticket', () => {
  const titleOf = (changes: Partial<Draft>) => ticketTitle(draftOf(changes), 'Screenshot');

  test.each<[string, Partial<Draft>, string]>([
    ['what was typed', { title: 'Typed', body: 'Body' }, 'Typed'],
    ['the first line with words', { title: ' ', body: '\n> \n> ## Quoted words\nMore' }, 'Quoted words'],
    ['words of a list', { body: '- first\n- second' }, 'first'],
    [
      'words without the marks of Markdown',
      { body: '> **Bold** [link](https://x.example/) \\*' },
      'Bold link *',
    ],
    ['the title of the page', { page: { page_title: 'A page', page_url: 'https://x.example/' } }, 'A page'],
    ['the address of the page', { page: { page_url: 'https://x.example/' } }, 'https://x.example/'],
    [
      'the address where the title of the page is switched off',
      { page: { page_title: 'A page', page_url: 'https://x.example/' }, omittedDetails: ['page_title'] },
      'https://x.example/',
    ],
    [
      'the given word where both are switched off',
      {
        page: { page_title: 'A page', page_url: 'https://x.example/' },
        omittedDetails: ['page_title', 'page_url'],
      },
      'Screenshot',
    ],
    ['the given word', {}, 'Screenshot'],
  ])('is %s', (_, changes, title) => {
    expect(titleOf(changes)).toBe(title);
  });

  test('is cut at its limit', () => {
    const title = titleOf({ title: 'x'.repeat(titleLimitCharacters + 1) });
    expect(title).toHaveLength(titleLimitCharacters);
    expect(title.endsWith('x…')).toBe(true);
  });
});

describe('a reply', () => {
  test('carries the message, the person and the full pictures', () => {
    const draft = replyOf({
      body: ' It is fixed. ',
      replyTarget: 'cap_seven',
      title: 'not sent',
      attachments: [picture, address],
    });
    expect(requestOf(draft)).toEqual({
      kind: 'reply',
      target: { parameter: 'source_specific_id', value: 'cap_seven' },
      content: 'It is fixed.',
      agent: { email: 'ada@example.com', name: 'Ada Example' },
      originalTimestamp: '2024-06-10T18:34:00Z',
      files: [{ blobId: 'full', name: 'photo.png', type: 'image/png' }],
      imageUrls: ['https://example.com/a.png'],
    });
  });

  test('never cuts a character of a long file name in two', () => {
    const named = { ...picture, name: `${'a'.repeat(149)}🦀.jpg` };
    const draft = replyOf({ body: 'x', replyTarget: 'cap_seven', attachments: [named] });
    expect(requestOf(draft)).toMatchObject({ files: [{ name: `${'a'.repeat(149)}.png` }] });
  });

  test.each([
    ['a ULID', '01j00000000000000000000000', { parameter: 'id', value: '01J00000000000000000000000' }],
    ['a source id', 'forum-42', { parameter: 'source_specific_id', value: 'forum-42' }],
    [
      'the number of a ticket filed from here',
      'asm-7',
      { parameter: 'source_specific_id', value: 'cap_seven' },
    ],
  ])('goes to %s', (_, replyTarget, target) => {
    expect(requestOf(replyOf({ body: 'x', replyTarget }))).toMatchObject({ target });
  });

  test.each<[string, Partial<Draft>, string[]]>([
    ['nothing', {}, ['message-missing', 'target-missing']],
    ['an unknown number', { body: 'x', replyTarget: 'ASM-8' }, ['target-is-ticket-number']],
    ['an unclear target', { body: 'x', replyTarget: 'the ticket of Grace' }, ['target-unclear']],
  ])('problems: %s', (_, changes, problems) => {
    expect(problemsOf(replyOf(changes))).toEqual(problems);
  });

  test.each(['', 'ada', 'ada@example'])('needs the address of the person: %j', email => {
    const draft = replyOf({ body: 'x', replyTarget: 'forum-42' });
    expect(problemsOf(draft, { agent: { name: 'Ada', email } })).toEqual(['agent-missing']);
  });
});

test('only details with a value that were not left out are sent', () => {
  const page = { page_url: 'https://example.com/', os: 'linux', browser: '' };
  expect(sentPageDetails({ page, omittedDetails: ['os', 'language'] })).toEqual({
    page_url: 'https://example.com/',
  });
});

test.each([
  ['ada@example.com', true],
  ['a.b+c@mail.example.co.uk', true],
  ['ada@example', false],
  ['ada example@example.com', false],
  ['ada@@example.com', false],
  ['@example.com', false],
  ['', false],
])('%j as an email address: %s', (text, expected) => {
  expect(isEmail(text)).toBe(expected);
});

test('an instant is in UTC with whole seconds', () => {
  expect(rfc3339(Date.UTC(2024, 0, 2, 3, 4, 5, 678))).toBe('2024-01-02T03:04:05Z');
});

describe('what must not leave', () => {
  const failureOf = (draft: Draft) => {
    const request = requestFromDraft(draft, context);
    return request.ok ? null : request.failure.kind;
  };
  const written = { body: 'Words' };
  const uncovered = makePicture({ uncovered: { email: 2 } });

  test.each([
    { name: 'is not made', changes: { prepared: null } },
    { name: 'was made before its marks were changed', changes: { marksRevision: 1 } },
    { name: 'was made for the other way', changes: { followsTicket: true, prepared: ticketOnly() } },
  ])('a picture whose redacted version $name: nothing is sent', ({ changes }) => {
    const attachments = [makePicture({ prepared: ticketOnly(), ...changes })];
    expect(failureOf(draftOf({ ...written, attachments }))).toBe('picture-not-prepared');
  });

  test('a picture that was made for a ticket is not sent with a reply', () => {
    const attachments = [makePicture({ prepared: ticketOnly() })];
    expect(failureOf(draftOf({ ...written, attachments }))).toBe(null);
    expect(failureOf(replyOf({ ...written, attachments, replyTarget: 'cap_seven' }))).toBe(
      'picture-not-prepared',
    );
  });

  test('a picture as it was captured is in no request', () => {
    const attachments = [picture, { ...picture, id: 'q', followsTicket: true }];
    const request = JSON.stringify(requestOf(draftOf({ ...written, attachments })));
    expect(request).toContain('fitted');
    expect(request).not.toContain(`"${picture.blobId}"`);
  });

  test.each([
    { title: 'Of grace@example.com' },
    { body: 'From grace@example.com' },
    { page: { page_url: 'https://example.com/?to=grace@example.com' } },
    { attachments: [uncovered] },
  ])('an address in %j is asked about first', changes => {
    expect(failureOf(draftOf({ ...written, ...changes }))).toBe('unmasked-secrets');
  });

  test('what the person has let through goes', () => {
    const draft = draftOf({ body: 'From grace@example.com', attachments: [uncovered] });
    const keptSecrets = undecidedSecrets(draft, context.redactionRules).map(({ key }) => key);
    expect(keptSecrets).toHaveLength(2);
    expect(failureOf({ ...draft, keptSecrets })).toBe(null);
    const marked = { ...uncovered, marksRevision: 1, prepared: { ...ticketOnly(), marksRevision: 1 } };
    expect(failureOf({ ...draft, keptSecrets, attachments: [marked] })).toBe('unmasked-secrets');
  });

  test('of what is not looked for nothing is asked', () => {
    expect(failureOf(draftOf({ body: 'Call +44 20 7946 0958' }))).toBe(null);
    expect(failureOf(draftOf({ ...written, customerEmail: 'grace@example.com' }))).toBe(null);
  });
});

function ticketOnly(): PreparedPicture {
  return { marksRevision: 0, ticket: { blobId: 'fitted', type: 'image/png', fit: losslessFit }, full: null };
}

describe('a picture that goes at full size', () => {
  const attachments = [
    { ...picture, followsTicket: true },
    { ...picture, id: 'q' },
  ];

  test('waits inside of the ticket for the reply that brings it', () => {
    const request = requestOf(draftOf({ body: 'Words', attachments }));
    expect(request).toMatchObject({
      images: [{ blobId: 'fitted' }],
      followUp: {
        content: 'At full size.',
        agent: context.agent,
        files: [{ blobId: 'full', name: 'photo.png', type: 'image/png' }],
      },
    });
  });

  test('waits with the other files, in the order of the draft, and says what comes', () => {
    const mixed = [file('log', true), ...attachments, file('report', true)];
    const brought = (list: Attachment[]) => requestOf(draftOf({ body: 'Words', attachments: list }));
    expect(brought(mixed)).toMatchObject({
      images: [{ blobId: 'fitted' }],
      followUp: {
        content: 'At full size, and files.',
        files: [{ blobId: 'log' }, { blobId: 'full' }, { blobId: 'report' }],
      },
    });
    expect(brought([file('log', true), picture])).toMatchObject({
      followUp: { content: 'Files.', files: [{ blobId: 'log', name: 'log.pdf', type: 'application/pdf' }] },
    });
  });

  test('needs somebody who the reply is from', () => {
    const nobody = { agent: { name: '', email: '' } };
    expect(problemsOf(draftOf({ body: 'Words', attachments }), nobody)).toEqual(['agent-missing']);
    expect(problemsOf(draftOf({ body: 'Words', attachments: [picture] }), nobody)).toEqual([]);
  });
});

describe('a file that is no picture', () => {
  test('is refused by a ticket until the person lets it follow or removes it', () => {
    const attachments = [picture, file('log', false), file('report', true)];
    expect(problemsOf(draftOf({ attachments }))).toEqual(['files-not-accepted']);
    expect(problemsOf(draftOf({ attachments: [picture, file('report', true)] }))).toEqual([]);
  });

  test('goes with a reply, whatever was said for a ticket, in the order of the draft', () => {
    const attachments = [file('log', false), picture, file('report', true)];
    const draft = replyOf({ body: 'x', replyTarget: 'cap_seven', attachments });
    expect(requestOf(draft)).toMatchObject({
      files: [{ blobId: 'log' }, { blobId: 'full' }, { blobId: 'report' }],
    });
  });

  test('waits for the person who the reply is from', () => {
    const draft = draftOf({ body: 'x', attachments: [file('log', true)] });
    expect(problemsOf(draft, { agent: { name: '', email: '' } })).toEqual(['agent-missing']);
  });

  test('has a name that no receiver takes for a folder', () => {
    const attachments = [{ ...file('log', false), name: '../"a"\\b.pdf' }];
    const draft = replyOf({ body: 'x', replyTarget: 'cap_seven', attachments });
    expect(requestOf(draft)).toMatchObject({ files: [{ name: '..-’a’-b.pdf' }] });
  });
});

test.each<[string, string, string, string]>([
  ['as it was picked', 'photo.JPG', 'image/jpeg', 'photo.JPG'],
  ['as it was picked, under the name of another type', 'photo.png', 'image/jpeg', 'photo.jpg'],
  ['as it was picked, without an ending', 'photo', 'image/webp', 'photo.webp'],
  ['made into a PNG', 'film.gif', 'image/png', 'film.png'],
])('a picture %s has a name that tells its type: %s as %s is %s', (_, name, type, sent) => {
  const full = { blobId: 'full', type, fit: losslessFit };
  const picked = makePicture({
    name,
    type: type === 'image/png' ? 'image/gif' : type,
    prepared: { marksRevision: 0, ticket: null, full },
  });
  const draft = replyOf({ body: 'x', replyTarget: 'cap_seven', attachments: [picked] });
  expect(requestOf(draft)).toMatchObject({ files: [{ name: sent, type }] });
});

function file(blobId: string, followsTicket: boolean): Attachment {
  const name = `${blobId}.pdf`;
  return { kind: 'file', id: blobId, blobId, name, type: 'application/pdf', sizeBytes: 9, followsTicket };
}

test('what is said on pictures stands below the text, of a ticket and of a reply', () => {
  const notesOfPicture: RequestContext['notesOfPicture'] = ({ name }, position) =>
    position === 1 ? `Picture ${position} (${name}): Look here` : null;
  const attachments = [picture, { ...picture, id: 'q' }];
  for (const draft of [
    draftOf({ body: 'Words', attachments }),
    replyOf({ body: 'Words', attachments, replyTarget: 'cap_seven' }),
  ]) {
    const request = requestFromDraft(draft, { ...context, notesOfPicture });
    expect(request.ok && JSON.stringify(request.value)).toContain(
      'Words\\n\\nPicture 1 (photo.jpg): Look here"',
    );
  }
});

test.each([
  [0, 'x'.repeat(bodyLimitCharacters)],
  [2, `${'x'.repeat(bodyLimitCharacters - 2)}`],
  [5, `${'x'.repeat(bodyLimitCharacters - 5)}\n\nLo…`],
])('with room for %i characters the notes are cut and the words of the person stay', (room, sent) => {
  const draft = draftOf({ body: 'x'.repeat(bodyLimitCharacters - room), attachments: [picture] });
  const notesOfPicture = () => 'Look here';
  const ticket = requestFromDraft(draft, { ...context, notesOfPicture });
  expect(ticket.ok && ticket.value.kind === 'ticket' && ticket.value.query === sent).toBe(true);
  const reply = requestFromDraft(
    { ...draft, kind: 'reply', replyTarget: 'cap_seven' },
    { ...context, notesOfPicture },
  );
  expect(reply.ok && reply.value.kind === 'reply' && reply.value.content === sent).toBe(true);
});
