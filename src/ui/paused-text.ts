import type { Failure } from '../core/failure.ts';
import { text } from '../platform/localised-text.ts';
import { failureText } from './failure-text.ts';

/** Why nothing is sent for now, and what to do about it. */
export function pausedText(failure: Failure): string {
  return failure.kind === 'key-refused'
    ? text('pausedKeyRefused', failure.status, failure.detail)
    : text('statusPaused', failureText(failure));
}
