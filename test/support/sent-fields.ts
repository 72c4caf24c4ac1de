import { expect } from 'vitest';
import type { SeenRequest } from '../../tools/assembly/record.ts';
import { demoApiKey } from '../../tools/assembly/settings.ts';

/** The text fields of a request by name, each with all its values in their order. Line ends as they were typed. */
export function textFields(seen: SeenRequest | undefined): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const part of seen?.parts ?? []) {
    if (part.kind !== 'text') continue;
    // A browser sends a line end in a form as CR LF.
    fields[part.name] = [...(fields[part.name] ?? []), part.text.replaceAll('\r\n', '\n')];
  }
  return fields;
}

/** The values of one text field, in their order. */
export function textsOf(seen: SeenRequest | undefined, name: string): string[] {
  return textFields(seen)[name] ?? [];
}

/** RFC 3339, UTC, whole seconds, and not outside of the test's own time. */
export function expectTimestamp(text: string | undefined, earliestMs: number): void {
  expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const instantMs = Date.parse(text ?? '');
  expect(instantMs).toBeGreaterThanOrEqual(Math.floor(earliestMs / 1_000) * 1_000);
  expect(instantMs).toBeLessThanOrEqual(Date.now());
}

/** The key as it is and nothing else that says who is asking; a form whose boundary the browser made. */
export function expectHeaders(seen: SeenRequest | undefined): void {
  expect(seen?.headers).toMatchObject({
    authorization: demoApiKey,
    'content-type': expect.stringMatching(/^multipart\/form-data; boundary=-*[A-Za-z0-9]{16,}$/),
  });
  expect(Object.keys(seen?.headers ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(?:cookie|referer|x-.*)$/)]),
  );
}
