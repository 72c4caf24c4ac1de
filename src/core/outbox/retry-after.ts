const shortestMs = 1_000;
/** No server makes us wait longer than this; it can say so again in an hour. */
export const longestRetryAfterMs = 3_600_000;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// The weekday and its comma are not looked at: they say nothing that the date does not say.
const imfFixdate = /^(?<day>\d\d) (?<month>[a-z]{3}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) gmt$/i;
const rfc850 = /^(?<day>\d\d)-(?<month>[a-z]{3})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) gmt$/i;
const asctime = /^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/i;

/** A two-digit year more than 50 years ahead lies in the century before (RFC 9110, 5.6.7). */
function fullYear(twoDigits: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}

/** Epoch milliseconds of an HTTP date without its `weekday,`; null when it is none. */
function parseHttpDate(text: string, now: number): number | null {
  const groups = (imfFixdate.exec(text) ?? rfc850.exec(text) ?? asctime.exec(text))?.groups;
  if (groups === undefined) return null;
  const { day = '', month = '', year = '', time = '' } = groups;
  const monthIndex = months.indexOf(month.toLowerCase());
  const [hours = 99, minutes = 99, seconds = 99] = time.split(':').map(Number);
  const years = year.length === 2 ? fullYear(Number(year), now) : Number(year);
  const midnight = Date.UTC(years, monthIndex, Number(day));
  // Date.UTC rolls over (31 Feb is 3 March): a day or month that moved was no date.
  const date = new Date(midnight);
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== monthIndex) return null;
  // Second 60 is a leap second, which HTTP allows.
  if (hours > 23 || minutes > 59 || seconds > 60) return null;
  return midnight + ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

function parsePart(part: string, clock: number): number | null {
  if (/^\d+(\.\d+)?$/.test(part)) return Math.ceil(Number(part) * 1_000);
  const at = parseHttpDate(part, clock);
  return at === null ? null : at - clock;
}

/**
 * How long the server asks us to wait: milliseconds within [1 s, 1 h], or null when it does not say so in
 * a readable way (then the back-off decides alone). `retryAfter` is the header's value: seconds, or an
 * HTTP date in any of its three formats (RFC 9110, 10.2.3), measured against the answer's own `date`
 * header when that can be read, since this computer's clock may be wrong; else against `now`, epoch ms.
 * `fetch` joins repeated headers with a comma: the longest of them counts. A date in the past gives 1 s.
 */
export function retryAfterMs(retryAfter: string | null, date: string | null, now: number): number | null {
  if (retryAfter === null) return null;
  const clock = parseHttpDate((date ?? '').replace(/^\s*[a-z]+,/i, '').trim(), now) ?? now;
  let longestMs: number | null = null;
  // Splitting at commas also takes the weekday off a date; the weekday alone is then unreadable.
  for (const part of retryAfter.split(',')) {
    const waitMs = parsePart(part.trim(), clock);
    if (waitMs !== null) longestMs = Math.max(longestMs ?? shortestMs, waitMs);
  }
  return longestMs === null ? null : Math.min(longestRetryAfterMs, longestMs);
}
