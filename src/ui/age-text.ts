const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago an instant was (both epoch ms), in words: `2 days ago`, `yesterday`. What is to come counts as now. */
export function ageText(at: number, now: number): string {
  const ageMs = Math.max(0, now - at);
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  if (ageMs < hourMs) return format.format(-Math.floor(ageMs / minuteMs), 'minute');
  return ageMs < dayMs
    ? format.format(-Math.floor(ageMs / hourMs), 'hour')
    : format.format(-Math.floor(ageMs / dayMs), 'day');
}
