import type { Failure } from './failure.ts';

/** What an operation that can fail in expected ways answers. Only bugs throw. */
export type Result<T, F = Failure> = { ok: true; value: T } | { ok: false; failure: F };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function fail<F>(failure: F): { ok: false; failure: F } {
  return { ok: false, failure };
}
