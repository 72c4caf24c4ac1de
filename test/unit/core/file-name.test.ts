import { expect, test } from 'vitest';
import { sentFileName } from '../../../src/core/file-name.ts';

test.each([
  ['report.pdf', 'report.pdf'],
  ['Übersicht 報告 🦀.pdf', 'Übersicht 報告 🦀.pdf'],
  ['the "last" one.txt', 'the ’last’ one.txt'],
  ['two\r\nlines\t.txt', 'two lines .txt'],
  ['../../etc/passwd', '..-..-etc-passwd'],
  ['C:\\logs\\a.log', 'C:-logs-a.log'],
  ['picture\u202Egnp.exe', 'picturegnp.exe'],
  [' \n ', 'file'],
  ['..', 'file..'],
  [`${'a'.repeat(196)}.pdf`, `${'a'.repeat(196)}.pdf`],
  [`${'a'.repeat(300)}.pdf`, `${'a'.repeat(196)}.pdf`],
  [`${'a'.repeat(195)}🦀🦀.pdf`, `${'a'.repeat(195)}.pdf`],
  [`a.${'b'.repeat(300)}`, `a.${'b'.repeat(198)}`],
])('%j is sent as %j', (name, sent) => {
  expect(sentFileName(name)).toBe(sent);
  expect(sentFileName(sent)).toBe(sent);
});
