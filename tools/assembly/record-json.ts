import type { AssemblyRecord, SeenRequest } from './record.ts';

/** The record as JSON: bytes left out (sizes and hashes are given), the key left out too. */
export function recordAsJson(record: AssemblyRecord): string {
  const { requests, tickets, replies } = record;
  const shown = { requests: requests.map(hideKey), tickets, replies, violations: record.violations() };
  return JSON.stringify(shown, replaceBytes, 2);
}

function hideKey(seen: SeenRequest): SeenRequest {
  const { authorization } = seen.headers;
  if (authorization === undefined) return seen;
  return { ...seen, headers: { ...seen.headers, authorization: '(present)' } };
}

/** Buffers arrive here already turned into `{type: 'Buffer', data}` by their toJSON, so the holder is asked. */
function replaceBytes(this: unknown, name: string, value: unknown): unknown {
  const original = typeof this === 'object' && this !== null ? Reflect.get(this, name) : value;
  return Buffer.isBuffer(original) ? { sizeBytes: original.length } : value;
}
