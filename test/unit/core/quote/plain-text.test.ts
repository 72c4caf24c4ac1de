import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, limitText, normaliseText, textOfTree } from '../../../../src/core/quote/plain-text.ts';
import { selectionLimitCharacters } from '../../../../src/core/quote/selection-tree.ts';
import { element, root } from './selection-nodes.ts';

describe('normaliseText', () => {
  it.each([
    ['line ends', 'a\r\nb\rc\u2028d\u2029e\u0085f', 'a\nb\nc\nd\ne\nf'],
    ['controls but tab and newline', 'a\u0000b\u001bc\td\n\u007fe\u009ff', 'abc\td\nef'],
    ['direction overrides', 'a\u202eb\u2066c\u2069', 'abc'],
    ['characters of no width', 'a\u200bb\ufeffc\u2060', 'abc'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
  ])('mends %s', (_what, text, expected) => {
    expect(normaliseText(text)).toBe(expected);
  });

  it.each(['👩‍👩‍👧‍👦', 'می‌خواهم', 'שלום\u200e!', 'e\u0301', '日本語'])('leaves %s alone', text => {
    expect(normaliseText(text)).toBe(text);
  });
});

describe('cutText', () => {
  it('cuts between two graphemes', () => {
    expect(cutText('ab👩‍👩‍👧‍👦c', 5)).toBe('ab');
    expect(cutText('ae\u0301', 2)).toBe('a');
    expect(cutText('🇩🇪🇫🇷', 6)).toBe('🇩🇪');
    expect(cutText('abc', 3)).toBe('abc');
  });

  it('does not lose a text to one endless grapheme', () => {
    const zalgo = `a${'\u0301'.repeat(5_000)}`;
    expect(cutText(zalgo, 4_000)).toHaveLength(4_000);
  });

  it('keeps a well-formed beginning of the text within the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, limit) => {
        const kept = cutText(text, limit);
        expect(kept.length).toBeLessThanOrEqual(limit);
        expect(text.startsWith(kept)).toBe(true);
        expect(kept.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('limitText', () => {
  it('says nothing of a cut when all was kept', () => {
    expect(limitText('a\r\nb')).toEqual({ text: 'a\nb', cut: null });
  });

  it('keeps what the limit allows and says how much there was', () => {
    const total = selectionLimitCharacters + 5;
    expect(limitText('x'.repeat(total))).toEqual({
      text: 'x'.repeat(selectionLimitCharacters),
      cut: { keptCharacters: selectionLimitCharacters, totalCharacters: total },
    });
  });
});

describe('textOfTree', () => {
  it('lays out blocks, lists and tables', () => {
    const tree = root(
      element('h1', ['Title']),
      element('p', ['one', element('br'), 'two ', element('strong', ['bold'])]),
      element('ul', [element('li', ['a', element('ul', [element('li', ['b'])])]), element('li', ['c'])]),
      element('table', [
        element('tr', [element('th', ['A']), element('th', ['B'])]),
        element('tr', [element('td', ['1', element('br'), '2']), element('td', [])]),
      ]),
      element('pre', [element('code', ['x\n  y'])]),
      element('p', [element('img', [], { src: 'https://x.example/a.png', alt: 'picture' })]),
    );
    expect(textOfTree(tree)).toBe('Title\n\none\ntwo bold\n\na\nb\nc\n\nA\tB\n1 2\n\nx\n  y\n\npicture');
  });
});
