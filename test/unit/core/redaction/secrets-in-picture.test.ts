import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markLimit } from '../../../../src/core/marks/mark.ts';
import type { PageWords, WordBlock } from '../../../../src/core/redaction/page-words.ts';
import { allRules } from '../../../../src/core/redaction/redaction-rules.ts';
import { proposedRedactions, secretsInWords } from '../../../../src/core/redaction/secrets-in-picture.ts';

/** Words of 10 px a character, a line every 20 px. */
function block(text: string, y = 0): WordBlock {
  const words = Array.from(text.matchAll(/\S+/g), ({ 0: word, index }) => {
    const line = text.slice(0, index).split('\n').length - 1;
    const column = index - (text.lastIndexOf('\n', index) + 1);
    return {
      x: column * 10,
      y: y + line * 20,
      width: word.length * 10,
      height: 16,
      start: index,
      end: index + word.length,
    };
  });
  return { text, words };
}
const page = (...blocks: WordBlock[]): PageWords => ({ blocks, secretFields: [], isCut: false });
const email = { kind: 'email', rect: { x: 48, y: -2, width: 164, height: 20 } };

describe('secretsInWords', () => {
  test('gives the whole words that a secret touches, and a margin', () => {
    expect(secretsInWords(page(block('From jane@example.com to')), allRules)).toEqual([email]);
    const quoted = { kind: 'email', rect: { x: -2, y: -2, width: 194, height: 20 } };
    expect(secretsInWords(page(block('"<jane@example.com>" to')), allRules)).toEqual([
      { ...quoted, rect: { ...quoted.rect, width: 204 } },
    ]);
  });

  test('words side by side share a box, and each line has its own', () => {
    expect(secretsInWords(page(block('+49 30\n1234567')), allRules)).toEqual([]);
    const [one, other] = [block('+49 30 1234567'), block('+49 30 1234567')];
    const third = other.words[2];
    if (third) Object.assign(third, { x: 0, y: 20 });
    expect(secretsInWords(page(one), allRules).map(({ rect }) => rect)).toEqual([
      { x: -2, y: -2, width: 144, height: 20 },
    ]);
    expect(secretsInWords(page(other), allRules).map(({ rect }) => rect)).toEqual([
      { x: -2, y: -2, width: 64, height: 20 },
      { x: -2, y: 18, width: 74, height: 20 },
    ]);
  });

  test('a word that breaks over lines is covered on all of them', () => {
    const broken = block('jane@example.com');
    broken.words.push({ x: 0, y: 20, width: 50, height: 16, start: 0, end: 16 });
    expect(secretsInWords(page(broken), allRules)).toHaveLength(2);
  });

  test('a short text before may be the name of the value', () => {
    const named = page(block('Password:'), block('hunter2', 40));
    expect(secretsInWords(named, allRules)).toEqual([
      { kind: 'password', rect: { x: -2, y: 38, width: 74, height: 20 } },
    ]);
    expect(secretsInWords(page(block('Product'), block('hunter2', 40)), allRules)).toEqual([]);
  });

  test('fields that hold a secret are covered as long as passwords are looked for', () => {
    const rect = { x: 10, y: 10, width: 100, height: 20 };
    const fields = { ...page(), secretFields: [rect] };
    expect(secretsInWords(fields, allRules)).toEqual([
      { kind: 'password', rect: { x: 8, y: 8, width: 104, height: 24 } },
    ]);
    expect(secretsInWords(fields, { ...allRules, kinds: ['email'] })).toEqual([]);
  });

  test('every word that holds a part of a secret lies in a box', () => {
    const piece = fc.constantFrom(
      'jane@example.com',
      '+49 30 1234567',
      '4111 1111 1111 1111',
      'word',
      '(',
      ',',
      '\n',
      '1',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const one = block(pieces.join(' '));
        const places = secretsInWords(page(one), allRules);
        for (const word of one.words) {
          if (!one.text.slice(word.start, word.end).includes('@')) continue;
          expect(
            places.some(
              ({ rect }) =>
                rect.x <= word.x && rect.y <= word.y && rect.x + rect.width >= word.x + word.width,
            ),
          ).toBe(true);
        }
      }),
    );
  });
});

describe('proposedRedactions', () => {
  test('are marks that say what was found', () => {
    expect(proposedRedactions(page(block('From jane@example.com to')), allRules, () => '1')).toEqual([
      { id: '1', tool: 'redact', rect: email.rect, found: 'email' },
    ]);
  });

  test('are never more than a picture may have, and still cover all', () => {
    const blocks = Array.from({ length: markLimit + 500 }, (_, index) =>
      block('jane@example.com', index * 20),
    );
    const marks = proposedRedactions(page(...blocks), allRules, () => 'id');
    expect(marks.length).toBeLessThanOrEqual(markLimit);
    const bottom = Math.max(
      ...marks.map(mark => (mark.tool === 'redact' ? mark.rect.y + mark.rect.height : 0)),
    );
    expect(bottom).toBe((markLimit + 499) * 20 + 18);
  });
});
