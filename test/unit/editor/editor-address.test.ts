import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEditorAddress } from '../../../src/editor/editor-address.ts';

const [draftId, attachmentId] = ['0123456789abcdef0123456789abcdef', 'f'.repeat(32)];

test('two ids of 32 hex digits are an address', () => {
  expect(parseEditorAddress(`#${draftId}/${attachmentId}`)).toEqual({ draftId, attachmentId });
});

test.each([
  '',
  '#',
  `#${draftId}`,
  `#${draftId}/`,
  `#${draftId}/${attachmentId}/`,
  `#${draftId}/${attachmentId}\n`,
  `#${draftId.toUpperCase()}/${attachmentId}`,
  `#../${attachmentId}`,
  `?${draftId}/${attachmentId}`,
])('%j is none', hash => {
  expect(parseEditorAddress(hash)).toBeNull();
});

test('nothing else is taken, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), hash => {
      expect(parseEditorAddress(hash)).toBeNull();
    }),
  );
});
