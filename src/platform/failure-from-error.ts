import type { Failure } from '../core/failure.ts';

/** What an exception of the platform means for the person. Bugs keep their text, so that they can be reported. */
export function failureFromError(cause: unknown): Failure {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  if (name === 'QuotaExceededError') return { kind: 'storage-full' };
  if (name === 'VersionError') return { kind: 'storage-newer' };
  if (['UnknownError', 'AbortError', 'InvalidStateError', 'TimeoutError'].includes(name)) {
    return { kind: 'storage-unavailable' };
  }
  return { kind: 'unexpected', detail: String(cause).slice(0, 300) };
}
