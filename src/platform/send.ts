import type { MessageInput, MessageName, MessageOutput } from '../contract/messages.ts';
import { fail, type Result } from '../core/result.ts';
import { browser } from './browser.ts';

/** Asks the worker, which is woken when it sleeps. Never rejects. */
export async function send<Name extends MessageName>(
  name: Name,
  input: MessageInput<Name>,
): Promise<Result<MessageOutput<Name>>> {
  try {
    const answer: unknown = await browser.runtime.sendMessage({ name, input });
    // The worker answers every message of ours with a Result; nothing else listens.
    if (answer) return answer as Result<MessageOutput<Name>>;
    return fail({ kind: 'unexpected', detail: `${name}: no answer` });
  } catch (cause) {
    // The worker was stopped in the middle, or the extension was updated under an open page.
    return fail({ kind: 'unexpected', detail: `${name}: ${String(cause)}` });
  }
}
