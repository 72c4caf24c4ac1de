import { findCards } from './find-cards.ts';
import { findEmails } from './find-emails.ts';
import { findIbans } from './find-ibans.ts';
import { findNamedValues } from './find-named-values.ts';
import { findOwn } from './find-own.ts';
import { findPhones } from './find-phones.ts';
import { findTokens, findUserInfo } from './find-tokens.ts';
import { blot, type Finding } from './finding.ts';
import { masksIn } from './mask.ts';
import type { RedactionRules } from './redaction-rules.ts';
import type { SecretKind } from './secret-kind.ts';
import { originOf, viewsOf } from './text-view.ts';

/** What is found shows what stands beside it in another light; further looks than this show nothing new. */
const roundLimit = 6;

/**
 * The secrets in a text, in order and apart from each other. Of two that overlap the longer is kept whole, and of the other
 * what is left, so that all that was found is covered. Masks are never found.
 */
export function findSecrets(text: string, rules: RedactionRules): Finding[] {
  let rest = blot(text, masksIn(text));
  const found: Finding[] = [];
  for (let round = 0; round < roundLimit; round += 1) {
    const fresh = apart(rest, findOnce(rest, rules));
    if (fresh.length === 0) break;
    found.push(...fresh);
    rest = blot(rest, fresh);
  }
  return found.sort((one, other) => one.start - other.start);
}

function findOnce(text: string, { kinds, ownPatterns }: RedactionRules): Finding[] {
  const isOn = (kind: SecretKind) => kinds.includes(kind);
  return viewsOf(text).flatMap(view => {
    const all = [
      ...(isOn('own') ? findOwn(view.text, ownPatterns) : []),
      ...(isOn('password') || isOn('token') ? findNamedValues(view.text) : []),
      ...(isOn('password') ? findUserInfo(view.text) : []),
      ...(isOn('token') ? findTokens(view.text) : []),
      ...(isOn('email') ? findEmails(view.text) : []),
      ...(isOn('card') ? findCards(view.text) : []),
      ...(isOn('iban') ? findIbans(view.text) : []),
      ...(isOn('phone') ? findPhones(view.text) : []),
    ];
    return all
      .filter(({ kind }) => isOn(kind))
      .map(({ kind, start, end }) => ({ kind, start: originOf(view, start), end: originOf(view, end) }));
  });
}

/** More specific first: a card may look like a phone, a phone never like a card. */
const ranks = new Map<SecretKind, number>(
  (['own', 'password', 'token', 'iban', 'card', 'email', 'phone'] as const).map((kind, rank) => [kind, rank]),
);

/** Takes the longest first, then what the others have beside it. */
function apart(text: string, findings: readonly Finding[]): Finding[] {
  if (findings.length === 0) return [];
  const byWeight = findings.toSorted(
    (one, other) =>
      other.end - other.start - (one.end - one.start) ||
      (ranks.get(one.kind) ?? 0) - (ranks.get(other.kind) ?? 0) ||
      one.start - other.start,
  );
  const isTaken = new Uint8Array(text.length);
  const kept: Finding[] = [];
  for (const { kind, start, end } of byWeight) {
    for (let from = start; from < end; from += 1) {
      if (isTaken[from] === 1) continue;
      const next = isTaken.indexOf(1, from);
      const to = next === -1 ? end : Math.min(next, end);
      kept.push({ kind, start: from, end: to });
      from = to;
    }
    isTaken.fill(1, start, end);
  }
  return kept.sort((one, other) => one.start - other.start);
}
