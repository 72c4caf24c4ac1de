/** Time of day, with seconds where they matter; with its date when that is not today. */
export function instantText(instantMs: number, timeStyle: 'short' | 'medium' = 'short'): string {
  const instant = new Date(instantMs);
  const isToday = instant.toDateString() === new Date().toDateString();
  return isToday
    ? instant.toLocaleTimeString([], { timeStyle })
    : instant.toLocaleString([], { dateStyle: 'medium', timeStyle });
}
