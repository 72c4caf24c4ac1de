import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rect } from '../../../../src/core/image/geometry.ts';
import {
  countWords,
  maskWords,
  phraseLimitCharacters,
  placesOfWords,
  wordsUnder,
} from '../../../../src/core/redaction/find-words.ts';
import type { PageWords, PlacedWord } from '../../../../src/core/redaction/page-words.ts';

/** A block a line, each letter 10 px wide and each line 20 px high. */
function pageOf(...texts: string[]): PageWords {
  const blocks = texts.map((text, line) => ({
    text,
    words: Array.from(
      text.matchAll(/\S+/g),
      (match): PlacedWord => ({
        start: match.index,
        end: match.index + match[0].length,
        x: match.index * 10,
        y: line * 20,
        width: match[0].length * 10,
        height: 20,
      }),
    ),
  }));
  return { blocks, secretFields: [], isCut: false };
}

const places = (text: string, phrase: string) => placesOfWords(pageOf(text), phrase).map(({ x }) => x / 10);

describe('the places of a text', () => {
  test.each([
    ['Ann met ann and ANN.', 'ann', [0, 8, 16]],
    ['Anna, Joanne, Ann', 'ann', [14]],
    ['Dear Jane Doe, hello', 'jane doe', [5]],
    ['Dear Jane Doe, hello', 'Jane  Doe.', [5]],
    ['write to (a.b@c.example)', 'a.b@c.example', [9]],
    ['+49 30 123, 49 30 1234', '+49 30 123', [0]],
    ['ÉMILE und Émile', 'émile', [0, 10]],
    ['我是王小明。', '王小明', [0]],
    ['a_b', 'a', []],
    ['anything', '…', []],
    ['aaa', '.', []],
  ])('in %j, %j', (text, phrase, expected) => {
    expect(places(text, phrase)).toEqual(expected);
  });

  test('that lie far apart or on two lines are several', () => {
    const page = pageOf('Jane Doe');
    const [block] = page.blocks;
    const [jane, doe] = block?.words ?? [];
    if (!block || !jane || !doe) throw new Error('The page has two words.');
    expect(placesOfWords(page, 'jane doe')).toEqual([{ x: 0, y: 0, width: 80, height: 20 }]);
    block.words = [jane, { ...doe, x: 0, y: 20 }];
    expect(placesOfWords(page, 'jane doe')).toHaveLength(2);
    block.words = [jane, { ...doe, x: 500 }];
    expect(placesOfWords(page, 'jane doe')).toHaveLength(2);
  });

  test('do not go over two blocks', () => {
    expect(placesOfWords(pageOf('Jane', 'Doe'), 'Jane Doe')).toEqual([]);
  });

  test('have a box for each part of a word that breaks over lines', () => {
    const page = pageOf('verylongword');
    const [block] = page.blocks;
    const [word] = block?.words ?? [];
    if (!block || !word) throw new Error('The page has a word.');
    block.words.push({ ...word, y: 20 });
    expect(placesOfWords(page, 'verylongword')).toHaveLength(2);
    expect(wordsUnder(page, { x: 0, y: 0, width: 500, height: 500 })).toEqual(['verylongword']);
  });
});

describe('the words under a rectangle', () => {
  const page = pageOf('“Jane Doe”, the owner', 'of 4 shops', '– · –');

  test('are those whose middle it covers, without the marks around them', () => {
    expect(wordsUnder(page, { x: 0, y: 0, width: 85, height: 20 })).toEqual(['Jane Doe']);
    expect(wordsUnder(page, { x: 40, y: 0, width: 70, height: 20 })).toEqual(['Doe']);
  });

  test('are one text a block', () => {
    expect(wordsUnder(page, { x: 0, y: 0, width: 70, height: 60 })).toEqual(['Jane', 'of 4']);
  });

  test('are none where nothing stands', () => {
    expect(wordsUnder(page, { x: 500, y: 500, width: 10, height: 10 })).toEqual([]);
  });

  test('that are found everywhere are found where they were covered', () => {
    const word = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.nat(11), (words, pick) => {
        const made = pageOf(words.join(' '));
        const target = made.blocks[0]?.words[pick];
        fc.pre(target !== undefined);
        for (const phrase of wordsUnder(made, target)) {
          if (!/[\p{L}\p{N}]/u.test(phrase)) continue;
          const isOver = ({ x, y, width }: Rect) =>
            y === target.y && x <= target.x && x + width >= target.x + target.width;
          expect(placesOfWords(made, phrase).some(isOver)).toBe(true);
        }
      }),
    );
  });
});

describe('in a text', () => {
  test('occurrences are counted and masked by the same rules', () => {
    const text = 'Jane\nDoe wrote: jane doe, not Jane Doerr.';
    expect(countWords(text, 'Jane Doe')).toBe(2);
    expect(maskWords(text, ['Jane Doe'], '[redacted]')).toBe('[redacted] wrote: [redacted], not Jane Doerr.');
  });

  test.each([
    ['https://example.com/u/Jane%20Doe/x', 'Jane Doe', 'https://example.com/u/#/x'],
    ['?to=https%3A%2F%2Fx.example%2FJane%2520Doe', 'jane doe', '?to=https%3A%2F%2Fx.example%2F#'],
    ['by jane\\_doe, ok', 'jane_doe', 'by #, ok'],
    ['**Jane** Doe', 'Jane Doe', '#'],
    ['Jane **Doe** here', 'Jane Doe', '# here'],
    ['**Jane Doe** here', 'Jane Doe', '**#** here'],
    ['_Jane_ `Doe`', 'Jane Doe', '_#`'],
    ['> Jane\n> Doe\n> rests', 'Jane Doe', '> #\n> rests'],
    ['> > Jane\n> > Doe', 'Jane Doe', '> > #'],
    ['\uff2aane\u00a0D\u00adoe', 'Jane Doe', '#'],
    ['Müller, M%C3%BCller', 'Müller', '#, #'],
    ['snake_case_name', 'case', 'snake_case_name'],
    ['2*3', '23', '2*3'],
  ])('in %j, %j is masked: %j', (text, phrase, masked) => {
    expect(maskWords(text, [phrase], '#')).toBe(masked);
    expect(countWords(text, phrase)).toBe(masked.split('#').length - 1);
  });

  test.each([
    [
      'Jane Doe: [jane](https://crm.example/c/jane-doe_1)',
      'Jane Doe',
      '#: [jane](https://crm.example/c/#_1)',
    ],
    ['see jane_doe.pdf and janedoe', 'Jane Doe', 'see #.pdf and janedoe'],
    ['ask j%C3%BCrgen-m%C3%BCller, juergen.mueller@x.example', 'Jürgen Müller', 'ask #, #@x.example'],
    ['/jurgen-muller', 'Jürgen Müller', '/#'],
    ['Müller'.normalize('NFD'), 'Müller', '#'],
    ['https://x.example/janet-doe', 'Jane', 'https://x.example/janet-doe'],
    ['to do: https://x.example/today', 'to do', '#: https://x.example/today'],
  ])('and its names and addresses: in %j, %j is masked: %j', (text, phrase, masked) => {
    expect(maskWords(text, [phrase], '#', 'text')).toBe(masked);
  });

  test('a name is one without any mark in it, too', () => {
    expect(maskWords('janedoe', ['Jane Doe'], '#', 'name')).toBe('#');
    expect(maskWords('janedoe2', ['Jane Doe'], '#', 'name')).toBe('janedoe2');
  });

  test('much markup takes no long time', () => {
    const text = [
      '> '.repeat(50_000),
      '*'.repeat(100_000),
      '\\_'.repeat(50_000),
      'a \n> '.repeat(30_000),
    ].join('\n');
    const started = performance.now();
    countWords(text, 'a b', 'text');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('a mask is taken as it is', () => {
    expect(maskWords('a b', ['a'], '$&$1')).toBe('$&$1 b');
  });

  test('nothing is left to count after masking', () => {
    const word = fc.stringMatching(/^[a-c .+*()[\]\\^$|?]{1,6}$/);
    fc.assert(
      fc.property(fc.array(word), word, (words, phrase) => {
        expect(countWords(maskWords(words.join(' '), [phrase], '#'), phrase)).toBe(0);
      }),
    );
  });

  test('a phrase beyond the limit finds nothing', () => {
    const long = 'a'.repeat(phraseLimitCharacters + 1);
    expect(countWords(long, long)).toBe(0);
  });
});
