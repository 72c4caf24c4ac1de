import { describe, expect, test } from 'vitest';
import { problemsOf, withCalls } from '../../../../tools/checkpoints/insert-checkpoints.ts';

const names = ['send.before-fetch', 'enqueue.inside'];
const good = [
  'async function send(tx) {',
  '  // checkpoint: send.before-fetch',
  '  await fetch();',
  '  // checkpoint in tx: enqueue.inside',
  '}',
].join('\n');
const problems = (...codes: string[]) =>
  problemsOf(new Map(codes.map((code, index) => [`src/${index}.ts`, code])), names);

test('a call stands where the comment was, on the same line, with the transaction where it is named', () => {
  expect(withCalls(good).split('\n')).toEqual([
    'async function send(tx) {',
    '  await globalThis.__checkpoint("send.before-fetch");',
    '  await fetch();',
    '  await globalThis.__checkpoint("enqueue.inside", tx);',
    '}',
  ]);
});

test('other code is left as it is', () => {
  const code = 'const a = 1; // checkpoint: send.before-fetch\n// A checkpoint is a place.\n';
  expect(withCalls(code)).toBe(code);
});

describe('the build fails', () => {
  test('not, where every name stands in the code once', () => {
    expect(problems(good)).toEqual([]);
  });

  test('where a name stands twice', () => {
    expect(problems(good, '// checkpoint: send.before-fetch')).toEqual([
      'src/1.ts:1 has the checkpoint send.before-fetch a second time',
    ]);
  });

  test('where the tests do not know a name', () => {
    expect(problems(`${good}\n// checkpoint: send.elsewhere`)).toEqual([
      'src/0.ts:6 has the checkpoint send.elsewhere, which no test kills the worker at',
    ]);
  });

  test('where the code lacks a name', () => {
    expect(problems('// checkpoint: send.before-fetch')).toEqual([
      'The checkpoint enqueue.inside is in no file of src',
    ]);
  });

  test.each([
    'await x; // checkpoint: send.before-fetch',
    '// checkpoint : send.before-fetch',
    '// Checkpoint: send.before-fetch',
    '//checkpoint: send.before-fetch',
    '/* checkpoint: send.before-fetch */',
    '// checkpoint in transaction: send.before-fetch',
    '// checkpoint: Send before fetch',
  ])('where a comment only looks like one: %s', line => {
    expect(problems(good, line)).toEqual([expect.stringMatching(/^src\/1\.ts:1 is no checkpoint/)]);
  });
});
