import { textOf } from './multipart-form.ts';
import type { SeenRequest } from './record.ts';

/**
 * Checks the requests against the rules that our client sets itself beyond the vendor's page: no cookie, an id on every
 * create and reply, and one body per id.
 *
 * An id may carry another body only after answers that tell the client that nothing was created (a 4xx other than
 * 408 and 409): the user may correct a refused text.
 */
export function findViolations(requests: readonly SeenRequest[]): string[] {
  const violations: string[] = [];
  const pinnedBodies = new Map<string, string>();
  for (const seen of requests) {
    const where = `${seen.method} ${seen.path}`;
    const { cookie } = seen.headers;
    if (cookie !== undefined) violations.push(`${where}: carries a cookie`);
    if (seen.bodySha256 === null || (seen.endpoint !== 'ticket' && seen.endpoint !== 'reply')) continue;
    const id = textOf(seen.parts, 'source_specific_id');
    if (!id) {
      violations.push(`${where}: has no source_specific_id`);
      continue;
    }
    const key = `${seen.endpoint} ${id}`;
    const body = `${JSON.stringify(seen.query)} ${seen.bodySha256}`;
    const pinned = pinnedBodies.get(key);
    if (pinned !== undefined && pinned !== body) violations.push(`${where}: ${id} came with another body`);
    if (pinned === undefined && !wasRefused(seen)) pinnedBodies.set(key, body);
  }
  return violations;
}

function wasRefused(seen: SeenRequest): boolean {
  const { status, answered, committed } = seen;
  if (committed || !answered || status === null) return false;
  return status >= 400 && status < 500 && status !== 408 && status !== 409;
}
