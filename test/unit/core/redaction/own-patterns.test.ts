import { expect, test } from 'vitest';
import { ownPatternLimit, ownPatternsFromText } from '../../../../src/core/redaction/own-patterns.ts';

test('one a line, without blanks, repeats and what would find everything', () => {
  expect(ownPatternsFromText(' Falcon \n\nACME-####\nFalcon\n')).toEqual({
    ownPatterns: ['Falcon', 'ACME-####'],
    isCut: false,
  });
  expect(ownPatternsFromText('*\n* *\nx\n**y*')).toEqual({ ownPatterns: [], isCut: true });
});

test('no more and no longer ones than are kept', () => {
  const many = Array.from({ length: ownPatternLimit + 1 }, (_, index) => `word ${index}`).join('\n');
  expect(ownPatternsFromText(many).ownPatterns).toHaveLength(ownPatternLimit);
  expect(ownPatternsFromText(many).isCut).toBe(true);
  expect(ownPatternsFromText('x'.repeat(101))).toEqual({ ownPatterns: [], isCut: true });
});
