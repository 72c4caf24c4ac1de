import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, cutText, limitText, normaliseText, oneLine } from '../../../src/core/text.ts';

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

describe('oneLine', () => {
  it.each([
    ['  two\n lines\t', 'two lines'],
    ['safe\u202egnp.exe', 'safegnp.exe'],
    ['left\u200eright\u200f', 'leftright'],
    [' \u061c\u200e\n', ''],
    ['nul\u0000l', 'null'],
    ['\ud800', '\ufffd'],
  ])('makes of %j %j', (text, expected) => {
    expect(oneLine(text)).toBe(expected);
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
    expect(limitText('a\r\nb', 3)).toEqual({ text: 'a\nb', cut: null });
  });

  it('keeps what the limit allows and says how much there was', () => {
    expect(limitText('x'.repeat(25), 20)).toEqual({
      text: 'x'.repeat(20),
      cut: { keptCharacters: 20, totalCharacters: 25 },
    });
    expect(limitText('x'.repeat(500), 20).cut).toEqual({ keptCharacters: 20, totalCharacters: 500 });
  });
});

describe('clip', () => {
  it('keeps what fits as it is', () => {
    expect(clip('abc', 3)).toBe('abc');
  });

  it('cuts with an ellipsis inside the limit, without a blank before it', () => {
    expect(clip('abcdef', 4)).toBe('abc…');
    expect(clip('abc def', 5)).toBe('abc…');
  });

  it('never cuts a character that people see as one', () => {
    expect(clip('a👩‍👩‍👧‍👦b', 5)).toBe('a…');
    expect(clip('e\u0301e\u0301e\u0301', 4)).toBe('e\u0301…');
  });

  it('never exceeds the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, limit) => {
        const clipped = clip(text, limit);
        return clipped.length <= limit && clipped.isWellFormed() === text.isWellFormed();
      }),
    );
  });
});
