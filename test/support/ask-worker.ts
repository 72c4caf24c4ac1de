import type { MessageInput, MessageName, MessageOutput } from '../../src/contract/messages.ts';
import type { Result } from '../../src/core/result.ts';

/** Asks the listening worker as a page does. */
export async function askWorker<Name extends MessageName>(
  name: Name,
  input: MessageInput<Name>,
): Promise<Result<MessageOutput<Name>>> {
  const { send } = await import('../../src/platform/send.ts');
  return send(name, input);
}

/** The same where a failure is none of the test's business: it throws. */
export async function answerOf<Name extends MessageName>(
  name: Name,
  input: MessageInput<Name>,
): Promise<MessageOutput<Name>> {
  const answer = await askWorker(name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.failure.kind}`);
  return answer.value;
}
