/** What a cell may hold; null is an empty cell. */
export type CsvCell = string | number | null;

/**
 * A spreadsheet takes a cell that begins so for a formula, which can call out with what stands in other cells. Where
 * semicolons or tabs part the cells, as in much of Europe, one begins behind each of them and in each new line; there
 * the mark of a list, with a blank behind it, stays.
 */
const formulaStart = /^[\t\r\n]|(?<=^|[;\t])[=+\-@＝＋－＠]|(?<=[\r\n])(?:[=@＝＠]|[+\-＋－](?! ))/gu;

/**
 * A table as CSV by RFC 4180, for a spreadsheet: UTF-8 with a byte order mark (without it Excel takes another encoding),
 * CRLF, and texts that would be a formula behind a single quote (OWASP, "CSV Injection"). Numbers stay as they are.
 */
export function csvOf(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\ufeff${[header, ...rows].map(row => `${row.map(cellText).join(',')}\r\n`).join('')}`;
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = cell.replace(formulaStart, start => `'${start}`);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
