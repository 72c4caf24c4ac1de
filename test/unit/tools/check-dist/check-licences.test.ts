import { expect, test } from 'vitest';
import { checkLicences } from '../../../../tools/check-dist/check-licences.ts';
import { builtFiles } from '../../../support/built-files.ts';

const path = 'third-party-licences.md';

test('a build that ships the licences of what it bundles has no problem', () => {
  expect(checkLicences(builtFiles({ [path]: '## webextension-polyfill - 0.12.0 (MPL-2.0)\n' }))).toEqual([]);
});

test.each([undefined, '', '## preact - 11.2.0 (MIT)\n'])('one without them has: %j', licences => {
  expect(checkLicences(builtFiles({ [path]: licences }))).toEqual([
    { file: path, text: 'does not name the licence of webextension-polyfill' },
  ]);
});
