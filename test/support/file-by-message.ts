import type { Page } from 'puppeteer-core';
import type { MessageInput, MessageName, MessageOutput } from '../../src/contract/messages.ts';
import type { JobView } from '../../src/contract/views.ts';
import type { Result } from '../../src/core/result.ts';

/** Says to the worker what the popup says, from any page of the extension. Throws where the popup would show a failure. */
export async function ask<Name extends MessageName>(
  extensionPage: Page,
  name: Name,
  input: MessageInput<Name>,
): Promise<MessageOutput<Name>> {
  const answer: Result<MessageOutput<Name>> = await extensionPage.evaluate(
    message => chrome.runtime.sendMessage(message),
    { name, input },
  );
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.failure)}`);
  return answer.value;
}

/** Files a ticket of its own with this description, whatever became of the one before, and resolves when it is stored. */
export async function fileTicket(extensionPage: Page, body: string): Promise<JobView> {
  const { draft } = await ask(extensionPage, 'draft.read', { windowId: null });
  const { id: draftId } = await ask(extensionPage, 'draft.startOver', { draftId: draft.id });
  await ask(extensionPage, 'draft.edit', { draftId, edits: { body }, baseBody: '' });
  return ask(extensionPage, 'draft.send', { draftId });
}

/** The states of the outbox and the history, newest first. */
export async function stateNames(extensionPage: Page): Promise<string[]> {
  const { jobs } = await ask(extensionPage, 'outbox.list', {});
  return jobs.map(({ state }) => state.name);
}
