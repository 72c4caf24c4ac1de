import { expect, test } from 'vitest';
import { matches, searchTextOf, searchWords } from '../../../../src/core/history/history-search.ts';

const item = {
  title: 'Export stops',
  excerpt: 'At row 5,000 of the ledger',
  customer: 'Zoë Müller zoe@example.com',
  company: 'Brightside Logistics',
  target: '',
  pageUrl: 'https://forum.example.com/t/42',
  pageTitle: 'Broken export – Example Forum',
  state: { name: 'sent', ticketNumber: 'ASM-111' },
  files: [{ name: 'Screenshot.png' }],
};
const finds = (query: string) => matches(searchTextOf(item), searchWords(query));

test.each([
  'asm-111',
  'EXPORT',
  'ledger',
  'zoe muller',
  'bright',
  'forum.example.com/t/42',
  'broken example forum',
  'screenshot',
  '  stops   export ',
  '',
])('"%s" finds the item', query => expect(finds(query)).toBe(true));

test.each(['asm-112', 'export starts', 'zoe ledgers', 'null'])('"%s" does not', query =>
  expect(finds(query)).toBe(false),
);
