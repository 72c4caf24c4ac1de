import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serverWords } from '../../../../src/core/outbox/server-words.ts';

describe('the words of an error body', () => {
  it.each([
    ['error', '{"error":"content is required"}', 'content is required'],
    ['error before message', '{"message":"b","error":"a"}', 'a'],
    ['message', '{"message":"no such ticket"}', 'no such ticket'],
    ['message when error is no text', '{"error":{"code":7},"message":"no such ticket"}', 'no such ticket'],
    ['message when error is empty', '{"error":" \\n ","message":"no such ticket"}', 'no such ticket'],
    ['neither', '{"detail":"x"}', 'Bad request'],
    ['no JSON', 'oops', 'Bad request'],
    ['JSON that is no object', '["error"]', 'Bad request'],
    ['null', 'null', 'Bad request'],
    ['nothing', '', 'Bad request'],
    ['HTML', '<!doctype html><title>400</title><p>{"error":"x"}</p>', 'Bad request'],
    ['inherited names', '{"__proto__":{"error":"x"}}', 'Bad request'],
  ])('%s', (_, body, words) => {
    expect(serverWords(400, body)).toBe(words);
  });

  it('has a text for a status outside the table', () => {
    expect(serverWords(418, '')).toBe('Status 418');
  });

  it('puts everything on one line without control and direction characters', () => {
    const error = ' a\r\n\tb\u0000\u0007\u001b[31m\u202ec\u2066d\u200f\u061c  e\u0085 ';
    expect(serverWords(400, JSON.stringify({ error }))).toBe('a b[31mcd e');
  });

  it('falls back when nothing visible is left', () => {
    expect(serverWords(404, JSON.stringify({ error: '\u202e\u200f\u0000' }))).toBe('Not found');
  });

  it('survives 64 KB of open brackets', () => {
    expect(serverWords(500, '['.repeat(65_536))).toBe('Internal server error');
    expect(serverWords(500, '{"error":'.repeat(7_000))).toBe('Internal server error');
  });
});

describe('the cut at 300', () => {
  it('keeps a text of 300 whole', () => {
    const error = 'x'.repeat(300);
    expect(serverWords(400, JSON.stringify({ error }))).toBe(error);
  });

  it('cuts a longer one and says so', () => {
    expect(serverWords(400, JSON.stringify({ error: 'x'.repeat(301) }))).toBe(`${'x'.repeat(299)}…`);
  });

  it('never cuts through a grapheme', () => {
    const family = '👩‍👩‍👧‍👦';
    const words = serverWords(400, JSON.stringify({ error: family.repeat(100) }));
    expect(words).toBe(`${family.repeat(Math.floor(299 / family.length))}…`);
  });

  it('does not show a single endless grapheme', () => {
    expect(serverWords(400, JSON.stringify({ error: `e${'\u0301'.repeat(5_000)}` }))).toBe('Bad request');
  });

  it('holds for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 100, max: 599 }),
        (error, status) => {
          const words = serverWords(status, JSON.stringify({ error }));
          expect(words.length).toBeGreaterThan(0);
          expect(words.length).toBeLessThanOrEqual(300);
          expect(words).not.toMatch(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
