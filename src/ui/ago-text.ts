import { text } from '../platform/localised-text.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const relative = new Intl.RelativeTimeFormat([], { numeric: 'auto' });

/** How long ago an instant is, in the words that people use: "5 minutes ago", "yesterday", "2 weeks ago". */
export function agoText(instantMs: number, nowMs: number): string {
  const passedMs = nowMs - instantMs;
  if (passedMs < minuteMs) return text('agoJustNow');
  if (passedMs < hourMs) return relative.format(-Math.floor(passedMs / minuteMs), 'minute');
  const days = daysBetween(instantMs, nowMs);
  if (days === 0 || passedMs < 6 * hourMs) return relative.format(-Math.floor(passedMs / hourMs), 'hour');
  if (days < 14) return relative.format(-days, 'day');
  if (days < 60) return relative.format(-Math.floor(days / 7), 'week');
  if (days < 730) return relative.format(-Math.floor(days / 30.44), 'month');
  return relative.format(-Math.floor(days / 365.25), 'year');
}

/** How often midnight came in between, as the person's clock has it. */
function daysBetween(fromMs: number, toMs: number): number {
  const dayOf = (instantMs: number) => {
    const local = new Date(instantMs);
    return Date.UTC(local.getFullYear(), local.getMonth(), local.getDate());
  };
  return Math.round((dayOf(toMs) - dayOf(fromMs)) / (24 * hourMs));
}
