import { expect, test } from 'vitest';
import { pastedFiles } from '../../../src/popup/pasted-files.ts';

const picture = new File(['x'], 'image.png', { type: 'image/png' });
const report = new File(['x'], 'report.pdf', { type: 'application/pdf' });

test.each<[string, File[], string, boolean, number]>([
  ['a copied picture', [picture], '', true, 1],
  ['a copied picture, beside the fields', [picture], '', false, 1],
  ['a copied text with a picture of it', [picture], 'A1\tB1\nA2\tB2', true, 0],
  ['the same, where no text can go', [picture], 'A1\tB1\nA2\tB2', false, 1],
  ['copied files with their names', [picture, report], 'image.png\nreport.pdf', true, 2],
  ['a copied file with its path', [report], 'file:///somewhere/report.pdf\r\n', true, 1],
  ['a copied text', [], 'Words', true, 0],
])('%s', (_, files, text, isInField, attached) => {
  expect(pastedFiles({ files, text, isInField })).toHaveLength(attached);
});
