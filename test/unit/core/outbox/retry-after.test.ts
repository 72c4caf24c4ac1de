import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../../src/core/outbox/retry-after.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const hourMs = 3_600_000;

describe('seconds', () => {
  it.each([
    ['120', 120_000],
    [' 120 ', 120_000],
    ['0', 1_000],
    ['1', 1_000],
    ['0.2', 1_000],
    ['1.5', 1_500],
    ['3600', hourMs],
    ['3601', hourMs],
    ['1000000000', hourMs],
    ['9'.repeat(400), hourMs],
  ])('%s', (header, waitMs) => {
    expect(retryAfterMs(header, null, now)).toBe(waitMs);
  });
});

describe('what does not say when', () => {
  it.each([
    null,
    '',
    ' ',
    ',',
    '-5',
    '+5',
    '1e9',
    '0x10',
    'soon',
    'NaN',
    'Infinity',
    '5 minutes',
    '2026-01-02T03:06:05Z',
    'Fri, 32 Jan 2026 03:06:05 GMT',
    'Fri, 31 Feb 2026 03:06:05 GMT',
    'Fri, 00 Jan 2026 03:06:05 GMT',
    'Fri, 02 Foo 2026 03:06:05 GMT',
    'Fri, 02 Jan 2026 24:06:05 GMT',
    'Fri, 02 Jan 2026 03:60:05 GMT',
    'Fri, 02 Jan 2026 03:06:61 GMT',
    'Fri, 02 Jan 2026 03:06:05 CET',
    'Fri, 02 Jan 2026 03:06:05 GMT+1',
  ])('%s', header => {
    expect(retryAfterMs(header, null, now)).toBeNull();
  });
});

describe('dates', () => {
  it.each([
    ['IMF', 'Fri, 02 Jan 2026 03:06:05 GMT', 120_000],
    ['RFC 850', 'Friday, 02-Jan-26 03:06:05 GMT', 120_000],
    ['asctime', 'Fri Jan  2 03:06:05 2026', 120_000],
    ['asctime with two digits', 'Fri Jan 02 03:06:05 2026', 120_000],
    ['lower case', 'fri, 02 jan 2026 03:06:05 gmt', 120_000],
    ['leap second', 'Fri, 02 Jan 2026 03:04:60 GMT', 55_000],
    ['now', 'Fri, 02 Jan 2026 03:04:05 GMT', 1_000],
    ['past', 'Sun, 06 Nov 1994 08:49:37 GMT', 1_000],
    ['past in RFC 850: 94 is 1994', 'Sunday, 06-Nov-94 08:49:37 GMT', 1_000],
    ['future in RFC 850: 75 is 2075', 'Sunday, 06-Nov-75 08:49:37 GMT', hourMs],
    ['past in asctime', 'Sun Nov  6 08:49:37 1994', 1_000],
    ['far future', 'Fri, 31 Dec 9999 23:59:59 GMT', hourMs],
    ['leap day', 'Thu, 29 Feb 2024 00:00:00 GMT', 1_000],
  ])('%s', (_, header, waitMs) => {
    expect(retryAfterMs(header, null, now)).toBe(waitMs);
  });

  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    "are measured against the answer's own date: %s",
    date => {
      expect(retryAfterMs('Sun, 06 Nov 1994 08:50:07 GMT', date, now)).toBe(30_000);
    },
  );

  it('are measured against this clock when the date of the answer cannot be read', () => {
    expect(retryAfterMs('Fri, 02 Jan 2026 03:06:05 GMT', 'yesterday', now)).toBe(120_000);
  });

  it('of the answer do not change seconds', () => {
    expect(retryAfterMs('30', 'Sun, 06 Nov 1994 08:49:37 GMT', now)).toBe(30_000);
  });
});

describe('two headers joined by a comma: the longest wait counts', () => {
  it.each([
    ['60, 120', 120_000],
    ['120,60', 120_000],
    ['soon, 60', 60_000],
    ['-1, 60', 60_000],
    ['Fri, 02 Jan 2026 03:06:05 GMT, 60', 120_000],
    ['60, Friday, 02-Jan-26 03:06:05 GMT', 120_000],
    ['Fri Jan  2 03:06:05 2026, Fri, 02 Jan 2026 03:05:05 GMT', 120_000],
  ])('%s', (header, waitMs) => {
    expect(retryAfterMs(header, null, now)).toBe(waitMs);
  });

  it('even very many of them', () => {
    expect(retryAfterMs('7,'.repeat(200_000), null, now)).toBe(7_000);
  });
});

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The three formats of an HTTP date. */
const formats: Record<string, (date: Date) => string> = {
  IMF: date => date.toUTCString(),
  'RFC 850': date => {
    const [, day, month, year, time] = date.toUTCString().split(/[ ,]+/);
    return `${days[date.getUTCDay()]}, ${day}-${month}-${year?.slice(-2)} ${time} GMT`;
  },
  asctime: date => {
    const [weekday, day, month, year, time] = date.toUTCString().split(/[ ,]+/);
    return `${weekday} ${month} ${day?.replace(/^0/, ' ')} ${time} ${year}`;
  },
};

describe('any header', () => {
  const dateLike = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
  const formatted = fc
    .tuple(fc.constantFrom(...Object.values(formats)), dateLike)
    .map(([format, date]) => format(date));
  const garbage = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123456789,.-+e: GMTSunJan') }),
    fc.constantFrom('', ' ', ',', '-5', '1e9', '0x10', 'Infinity', 'NaN', 'soon', '\u0000'),
  );
  const seconds = fc.oneof(
    fc.integer().map(String),
    fc.nat().map(String),
    fc.double().map(String),
    fc.bigInt().map(String),
    fc.nat({ max: 7_200 }).map(String),
  );
  const part = fc.oneof(seconds, formatted, garbage);
  const header = fc.oneof(
    { weight: 3, arbitrary: part },
    { weight: 1, arbitrary: fc.array(part).map(list => list.join(', ')) },
    // A date that lost or gained something on its way.
    {
      weight: 1,
      arbitrary: fc
        .tuple(formatted, fc.nat({ max: 30 }), fc.string({ maxLength: 2 }))
        .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1)),
    },
  );

  it('gives null or a wait from one second to one hour, with or without a date (10,000 headers)', () => {
    let read = 0;
    fc.assert(
      fc.property(header, fc.option(header), fc.integer({ min: 0, max: 4e12 }), (retryAfter, date, clock) => {
        const waitMs = retryAfterMs(retryAfter, date, clock);
        if (waitMs === null) return;
        read += 1;
        expect(Number.isInteger(waitMs)).toBe(true);
        expect(waitMs).toBeGreaterThanOrEqual(1_000);
        expect(waitMs).toBeLessThanOrEqual(hourMs);
      }),
      { numRuns: 10_000 },
    );
    expect(read).toBeGreaterThan(3_000);
  }, 30_000);

  it('that lists several is as long as the longest of them', () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1 }), list => {
        const each = list.map(text => retryAfterMs(text, null, now));
        const known = each.filter(waitMs => waitMs !== null);
        expect(retryAfterMs(list.join(','), null, now)).toBe(known.length === 0 ? null : Math.max(...known));
      }),
    );
  });

  it.each(Object.entries(formats))('that is a well-formed date is read to the second: %s', (_, format) => {
    // Two digits of a year say which one it is only within fifty years.
    const near = fc.date({ min: new Date('1980-01-01'), max: new Date('2070-01-01'), noInvalidDate: true });
    const ahead = fc.integer({ min: 1, max: 3_600 });
    fc.assert(
      fc.property(near, ahead, fc.constantFrom(...Object.values(formats)), (date, seconds, formatOfDate) => {
        const at = new Date(Math.floor(date.getTime() / 1_000) * 1_000);
        const later = new Date(at.getTime() + seconds * 1_000);
        expect(retryAfterMs(format(later), formatOfDate(at), now)).toBe(seconds * 1_000);
        expect(retryAfterMs(format(later), null, at.getTime())).toBe(seconds * 1_000);
      }),
      { numRuns: 300 },
    );
  });
});
