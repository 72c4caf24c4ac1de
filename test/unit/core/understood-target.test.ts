import { expect, test } from 'vitest';
import { namesOfTicket, understandTarget } from '../../../src/core/understood-target.ts';

const sent = { id: 'cap_1', state: { name: 'sent', ticketNumber: 'ASM-111' } };
const odd = { id: 'cap_2', state: { name: 'sent', ticketNumber: 'Case 7/b' } };
const waiting = { id: 'cap_3', state: { name: 'waiting' } };
const numberless = { id: 'cap_4', state: { name: 'sent', ticketNumber: null } };
const tickets = [waiting, numberless, odd, sent];
const ulid = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

test.each([
  ['its number', 'ASM-111', sent],
  ['its number in small letters, with a sign and blanks', ' #asm-111 ', sent],
  ['a number of another form', 'Case 7/b', odd],
  ['its source id', 'cap_1', sent],
  ['its source id, while it waits', 'cap_3', waiting],
  ['its source id, when no number came', 'cap_4', numberless],
])('a ticket of the history is known by %s, even while the rest is read', (_how, typed, ticket) => {
  expect(understandTarget(typed, tickets, true)).toEqual({ kind: 'own-ticket', ticket });
  expect(understandTarget(typed, tickets, false)).toEqual({ kind: 'own-ticket', ticket });
});

test('a number that is not found is one from elsewhere once all of the history is read', () => {
  expect(understandTarget('asm-42', tickets, false)).toEqual({ kind: 'looking', number: 'ASM-42' });
  expect(understandTarget('asm-42', tickets, true)).toEqual({ kind: 'ticket-number', number: 'ASM-42' });
});

test.each([
  [ulid, { kind: 'ulid', id: ulid, isFromLink: false }],
  ['ticket_9', { kind: 'source-id', sourceSpecificId: 'ticket_9' }],
  ['', { kind: 'unclear', because: 'empty' }],
  ['null', { kind: 'source-id', sourceSpecificId: 'null' }],
])('anything else (%j) is what its form says', (typed, understood) => {
  expect(understandTarget(typed, tickets, true)).toEqual(understood);
  expect(understandTarget(typed, [], false)).toEqual(understood);
});

test('a ticket is looked for by what was typed and by the number in it', () => {
  expect(namesOfTicket(' #asm-111')).toEqual(['#asm-111', 'ASM-111']);
  expect(namesOfTicket('Case 7/b')).toEqual(['Case 7/b']);
  expect(namesOfTicket('  ')).toEqual([]);
});
