import { type Finding, isAlphanumericAt } from './finding.ts';

/** Characters of an IBAN by country. https://www.swift.com/standards/data-standards/iban-international-bank-account-number */
const lengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
    'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map(entry => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Bank account numbers with the right length for their country and right check digits. */
export function findIbans(text: string): Finding[] {
  const found: Finding[] = [];
  let searched = 0;
  for (const { index } of text.matchAll(/[A-Za-z]{2} ?[0-9]{2}/g)) {
    if (index < searched || !isApart(text, index)) continue;
    const end = ibanEnd(text, index, lengths.get(text.slice(index, index + 2).toUpperCase()) ?? 0);
    if (end === -1) continue;
    found.push({ kind: 'iban', start: index, end });
    searched = end;
  }
  return found;
}

/** `IBAN` may be glued to it. */
function isApart(text: string, index: number): boolean {
  return !isAlphanumericAt(text, index - 1) || /iban$/i.test(text.slice(Math.max(0, index - 4), index));
}

function ibanEnd(text: string, start: number, length: number): number {
  if (length === 0) return -1;
  let account = '';
  let index = start;
  for (; account.length < length; index += 1) {
    if (/[0-9A-Za-z]/.test(text.charAt(index))) account += text.charAt(index).toUpperCase();
    // Groups are set apart by one blank or hyphen.
    else if (!/[ .-]/.test(text.charAt(index)) || !/[0-9A-Za-z]/.test(text.charAt(index + 1))) return -1;
  }
  const isEnd = !isAlphanumericAt(text, index);
  return isEnd && hasRightCheckDigits(account) ? index : -1;
}

/** ISO 7064 MOD 97-10 over the account with its first four characters behind the rest. */
export function hasRightCheckDigits(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

export const ibanLengths: ReadonlyMap<string, number> = lengths;
