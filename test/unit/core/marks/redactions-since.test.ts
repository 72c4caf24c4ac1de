import { expect, test } from 'vitest';
import type { Mark } from '../../../../src/core/marks/mark.ts';
import { withRedactionsSince } from '../../../../src/core/marks/redactions-since.ts';

const rect = { x: 0, y: 0, width: 10, height: 10 };
const redaction = (id: string): Mark => ({ id, tool: 'redact', rect, found: null });
const box = (id: string): Mark => ({ id, tool: 'box', rect, style: { colour: 'red', widthPx: 4 } });
const ids = (marks: readonly Mark[]) => marks.map(({ id }) => id);

test('a redaction that came from elsewhere stays', () => {
  const stored = [redaction('old'), redaction('since')];
  expect(ids(withRedactionsSince(stored, [redaction('old'), box('drawn')], ['old']))).toEqual([
    'old',
    'drawn',
    'since',
  ]);
});

test('a redaction that the person took away is gone', () => {
  expect(withRedactionsSince([redaction('old')], [], ['old'])).toEqual([]);
});

test('of what was drawn elsewhere nothing else comes in', () => {
  expect(withRedactionsSince([box('other')], [], [])).toEqual([]);
});

test('a redaction that both have is the editor’s', () => {
  const moved: Mark = { id: 'r', tool: 'redact', rect: { ...rect, x: 50 }, found: null };
  expect(withRedactionsSince([redaction('r')], [moved], [])).toEqual([moved]);
});
