import '../../support/fake-browser.ts';

import { describe, expect, test } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import type { DraftProblem, Failure, FailureKind, PageRestriction } from '../../../src/core/failure.ts';
import { failureText, problemText } from '../../../src/ui/failure-text.ts';

// A value for everything that a sentence may be made of; each is found again in it.
const status = 418;
const detail = 'words of the server';
const limit = 4711;

/** One of every kind; a new kind does not compile without. */
const failures: { [Kind in FailureKind]: Extract<Failure, { kind: Kind }> } = {
  'no-key': { kind: 'no-key' },
  'key-refused': { kind: 'key-refused', status, detail },
  'host-access-missing': { kind: 'host-access-missing' },
  offline: { kind: 'offline' },
  unreachable: { kind: 'unreachable' },
  'timed-out': { kind: 'timed-out' },
  interrupted: { kind: 'interrupted' },
  'interrupted-often': { kind: 'interrupted-often' },
  'too-many-requests': { kind: 'too-many-requests', retryAfterMs: 1_000 },
  'server-error': { kind: 'server-error', status, detail },
  'unreadable-answer': { kind: 'unreadable-answer', status },
  rejected: { kind: 'rejected', status, detail },
  'attachment-missing': { kind: 'attachment-missing' },
  'attachment-altered': { kind: 'attachment-altered' },
  'page-refuses-script': { kind: 'page-refuses-script', restriction: 'other' },
  'page-refuses-pixels': { kind: 'page-refuses-pixels', restriction: 'other' },
  'page-not-drawn': { kind: 'page-not-drawn' },
  'page-changed': { kind: 'page-changed' },
  'no-page': { kind: 'no-page' },
  'no-selection': { kind: 'no-selection' },
  'image-unreadable': { kind: 'image-unreadable' },
  'image-too-large': { kind: 'image-too-large' },
  'image-not-found': { kind: 'image-not-found' },
  'file-too-large': { kind: 'file-too-large', name: 'log.txt', limitBytes: 32_000_000 },
  'file-empty': { kind: 'file-empty', name: 'log.txt' },
  'lookup-replaced': { kind: 'lookup-replaced' },
  'file-unreadable': { kind: 'file-unreadable', name: 'log.txt' },
  'page-disturbs': { kind: 'page-disturbs' },
  'capture-running': { kind: 'capture-running' },
  'capture-cancelled': { kind: 'capture-cancelled' },
  'redaction-failed': { kind: 'redaction-failed' },
  'picture-not-prepared': { kind: 'picture-not-prepared' },
  'unmasked-secrets': { kind: 'unmasked-secrets' },
  'draft-incomplete': { kind: 'draft-incomplete', problems: ['message-missing'] },
  'draft-changed': { kind: 'draft-changed' },
  'too-many-attachments': { kind: 'too-many-attachments', limit },
  'outbox-full': { kind: 'outbox-full', limit },
  'storage-full': { kind: 'storage-full' },
  'storage-unavailable': { kind: 'storage-unavailable' },
  'storage-newer': { kind: 'storage-newer' },
  'draft-too-long': { kind: 'draft-too-long' },
  busy: { kind: 'busy' },
  'not-found': { kind: 'not-found' },
  'bad-message': { kind: 'bad-message' },
  unexpected: { kind: 'unexpected', detail },
};

const restrictions: Record<PageRestriction, true> = {
  'browser-page': true,
  'web-store': true,
  'error-page': true,
  'blank-page': true,
  'file-access-off': true,
  policy: true,
  'needs-gesture': true,
  other: true,
};

const problems: Record<DraftProblem, true> = {
  'nothing-to-send': true,
  'customer-email-invalid': true,
  'customer-email-missing': true,
  'message-missing': true,
  'agent-missing': true,
  'target-missing': true,
  'target-is-ticket-number': true,
  'target-unclear': true,
  'target-discarded': true,
  'target-is-draft': true,
  'company-not-chosen': true,
  'files-not-accepted': true,
};

/** A sentence, or several, with nothing left to be filled in. */
function expectSentence(text: string): void {
  expect(text).toMatch(/^\S.*\S$/);
  expect(text).not.toMatch(/\$\d|undefined|null|\[object/);
}

describe.each(Object.values(failures))('$kind', failure => {
  test('has a sentence', () => expectSentence(failureText(failure)));

  test('says all that is known of it', () => {
    const said = failureText(failure);
    if ('status' in failure) expect(said).toContain(String(status));
    if ('detail' in failure) expect(said).toContain(detail);
    if ('limit' in failure) expect(said).toContain(String(limit));
  });
});

test('a kind that a later version has stored is told by its name', () => {
  const fromLater = { kind: 'server-on-fire' } as unknown as Failure;
  expect(failureText(fromLater)).toBe('Something went wrong: server-on-fire');
});

test('no two kinds have the same sentence', () => {
  const said = Object.values(failures).map(failureText);
  expect(new Set(said).size).toBe(said.length);
});

test('every sentence ends as one, but where the words of others are its end', () => {
  for (const failure of Object.values(failures)) {
    if (failure.kind !== 'unexpected') expect(failureText(failure)).toMatch(/\.$/);
  }
});

test.each(Object.keys(restrictions) as PageRestriction[])('a page that refuses: %s', restriction => {
  const said = [
    failureText({ kind: 'page-refuses-script', restriction }),
    failureText({ kind: 'page-refuses-pixels', restriction }),
  ];
  said.forEach(expectSentence);
  expect(said[0]).not.toBe(said[1]);
});

test.each(Object.keys(problems) as DraftProblem[])('the problem %s has a sentence', problem => {
  expectSentence(problemText(problem));
});

test('all problems of a draft are told', () => {
  const both: Failure = { kind: 'draft-incomplete', problems: ['message-missing', 'target-missing'] };
  expect(failureText(both)).toBe(`${problemText('message-missing')} ${problemText('target-missing')}`);
});

test('no message skips a number among its substitutions', () => {
  for (const [name, { message }] of Object.entries(messages)) {
    const used = new Set([...message.matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit)));
    const wanted = Array.from({ length: used.size }, (_, index) => index + 1);
    expect([...used].sort(), name).toEqual(wanted);
  }
});
