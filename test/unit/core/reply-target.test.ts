import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReplyTarget } from '../../../src/core/reply-target.ts';

const ulid = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const other = '01BX5ZZKBKACTAV9WEVGEMMVRZ';

describe('parseReplyTarget', () => {
  it.each([
    ['typed', ulid],
    ['in small letters, with blanks around it', `  ${ulid.toLowerCase()}\n`],
    ['pasted with an invisible character', `\u200b${ulid}`],
    ['in a link', `https://app.example/tickets/${ulid}?tab=all#top`],
    ['twice in a link', `https://app.example/${ulid}/replies?of=${ulid.toLowerCase()}`],
    ['encoded in a link', `https://app.example/login?next=%2Ftickets%2F${ulid}`],
  ])('finds a ULID %s', (_how, typed) => {
    const isFromLink = typed.startsWith('https:');
    expect(parseReplyTarget(typed)).toEqual({ kind: 'ulid', id: ulid, isFromLink });
  });

  it.each(['ASM-111', 'asm-111', '#ASM-111'])('knows the ticket number %s as one', typed => {
    expect(parseReplyTarget(typed)).toEqual({ kind: 'ticket-number', number: 'ASM-111' });
  });

  it.each([
    ['the extension makes', 'cap_0123456789abcdef0123456789abcdef'],
    ['another system made', 'my_ticket_123'],
    ['looks like a ticket number of another system', 'JIRA-12'],
    ['is as long as a ULID but begins too high', `8${ulid.slice(1)}`],
    ['is as long as a ULID but has a letter that it has not', `${ulid.slice(0, 25)}U`],
  ])('takes an id that %s for a source id', (_what, typed) => {
    expect(parseReplyTarget(typed)).toEqual({ kind: 'source-id', sourceSpecificId: typed });
  });

  it.each([
    ['nothing', '', 'empty'],
    ['blanks', ' \n', 'empty'],
    ['words', 'the ticket from monday', 'words'],
    ['a text longer than any id', 'x'.repeat(256), 'words'],
    ['a link without a ULID', 'https://app.example/tickets/111', 'link-without-ulid'],
    ['a link with two ULIDs', `https://app.example/${ulid}/${other}`, 'link-with-several'],
    ['a link with a ULID in a longer word', `https://app.example/x${ulid}`, 'link-without-ulid'],
  ])('finds %s unclear, and says why', (_what, typed, because) => {
    expect(parseReplyTarget(typed)).toEqual({ kind: 'unclear', because });
  });

  it('never sends blanks or control characters on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), typed => {
        const target = parseReplyTarget(typed);
        if (target.kind === 'source-id') expect(target.sourceSpecificId).not.toMatch(/[\s\p{Cc}]/u);
      }),
    );
  });
});
