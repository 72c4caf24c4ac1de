import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvOf } from '../../../../src/core/history/csv.ts';

const cell = (text: string) => csvOf([], [[text]]).slice('\ufeff\r\n'.length, -'\r\n'.length);

test('a header and rows, with a byte order mark, commas and CRLF', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        ['x', 1],
        [null, -2.5],
      ],
    ),
  ).toBe('\ufeffa,b\r\nx,1\r\n,-2.5\r\n');
});

test.each([
  ['plain words; and more', 'plain words; and more'],
  ['a, b', '"a, b"'],
  ['say "no"', '"say ""no"""'],
  ['one\ntwo', '"one\ntwo"'],
  ['one\r\ntwo', '"one\r\ntwo"'],
])('%j stands as %j', (text, shown) => expect(cell(text)).toBe(shown));

describe('what a spreadsheet would run is text', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1', "'+49 30 1"],
    ['-1', "'-1"],
    ['@name', "'@name"],
    ['\t=1', "'\t'=1"],
    ['\n=1', `"'\n'=1"`],
    ['＝1+1', "'＝1+1"],
    ['a;=1+1;-2', "a;'=1+1;'-2"],
    ['a\n=1+1\n@b\n- c', `"a\n'=1+1\n'@b\n- c"`],
    ['a\n-1+cmd\n+1\n－1', `"a\n'-1+cmd\n'+1\n'－1"`],
    ['=A1&","', `"'=A1&"","""`],
  ])('%j stands as %j', (text, shown) => expect(cell(text)).toBe(shown));

  test.each(['a=1', '{"a":1}', "'=1"])('%j is none', text => expect(cell(text)).toContain(text.slice(0, 2)));
});

const formula = /^(?=[\t\r\n])|(?<=^|[;\t])(?=[=+\-@＝＋－＠])|(?<=[\r\n])(?=[=@＝＠]|[+\-＋－](?! ))/g;

test('whatever stands in the cells, they are read back as they are, but for the quote before a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 2 })), rows => {
      const read = parse(csvOf(['a', 'b'], rows));
      expect(read).toEqual([['a', 'b'], ...rows.map(row => row.map(text => text.replace(formula, "'")))]);
    }),
  );
});

/** A reader of RFC 4180, of at least two columns. */
function parse(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  cells.lastIndex = 1;
  for (const [, quoted, bare, end] of csv.matchAll(cells)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
