import type { Failure } from '../core/failure.ts';
import { text } from '../platform/localised-text.ts';
import { failureText } from './failure-text.ts';

/** Why Assembly could not be asked, as the end of a sentence: `this computer is offline`. */
export function lookupFailureText(failure: Failure): string {
  switch (failure.kind) {
    case 'offline':
      return text('peopleOffline');
    case 'unreachable':
      return text('peopleUnreachable');
    case 'timed-out':
      return text('peopleTimedOut');
    case 'too-many-requests':
      return text('peopleTooMany');
    case 'no-key':
      return text('peopleNoKey');
    case 'key-refused':
      return text('peopleKeyRefused');
    case 'host-access-missing':
      return text('peopleNoAccess');
    case 'server-error':
      return text('peopleServer', failure.status);
    case 'unreadable-answer':
      return text('peopleUnreadable');
    default:
      return failureText(failure).replace(/\.$/, '');
  }
}
