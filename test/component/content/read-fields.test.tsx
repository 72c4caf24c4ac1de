import { afterEach, expect, test, vi } from 'vitest';
import '../../../src/content/read-fields.ts';

afterEach(() => vi.restoreAllMocks());

test('a page that a selector has kept busy is not asked for more, and what was read before is told', () => {
  document.body.innerHTML = '<p id="first" title="one"></p><p id="second" title="two"></p>';
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const find = Document.prototype.querySelector;
  vi.spyOn(Document.prototype, 'querySelector').mockImplementation(function (
    this: Document,
    selector: string,
  ) {
    if (selector === 'p:has(i)') now += 600;
    return find.call(this, selector);
  });
  const questions = ['#first', 'p:has(i)', '#second'].map(selector => ({ selector, attribute: 'title' }));
  const answers = globalThis.captureForAssembly?.readFields?.(questions);
  expect(answers?.map(({ value }) => value)).toEqual(['one', null, null]);
});
