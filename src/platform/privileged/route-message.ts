import { callerOf, type Sender } from '../../contract/caller.ts';
import {
  envelopeSchema,
  type MessageInput,
  type MessageName,
  type MessageOutput,
  messages,
} from '../../contract/messages.ts';
import { fail, type Result } from '../../core/result.ts';
import { failureFromError } from '../failure-from-error.ts';

/** One function for each message of the contract. */
export type Handlers = {
  [Name in MessageName]: (input: MessageInput<Name>, sender: Sender) => Promise<Result<MessageOutput<Name>>>;
};

/**
 * Answers one message: checks who speaks and what is said before any handler runs.
 * Unknown names, callers without the right and inputs off the schema all get `bad-message`, and nothing else.
 */
export async function routeMessage(
  handlers: Handlers,
  extension: { id: string; baseUrl: string },
  message: unknown,
  sender: Sender,
): Promise<Result<unknown>> {
  const envelope = envelopeSchema.safeParse(message);
  if (!envelope.success || !Object.hasOwn(messages, envelope.data.name)) return fail({ kind: 'bad-message' });
  const name = envelope.data.name as MessageName;
  const caller = callerOf(sender, extension.id, extension.baseUrl);
  if (!caller || !messages[name].callers.includes(caller)) return fail({ kind: 'bad-message' });
  const input = messages[name].input.safeParse(envelope.data.input);
  if (!input.success) return fail({ kind: 'bad-message' });
  try {
    const handler = handlers[name] as (input: unknown, sender: Sender) => Promise<Result<unknown>>;
    return await handler(input.data, sender);
  } catch (cause) {
    return fail(failureFromError(cause));
  }
}
