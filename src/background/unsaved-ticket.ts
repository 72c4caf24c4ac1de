import type { MessageInput } from '../contract/messages.ts';
import { emptyDraft, sourceSpecificId } from '../core/draft.ts';
import { requestFromDraft } from '../core/draft-request.ts';
import { classify } from '../core/outbox/classify.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { browser } from '../platform/browser.ts';
import { text } from '../platform/localised-text.ts';
import { callApi } from '../platform/privileged/assembly-client.ts';
import { keepAwake } from '../platform/privileged/keep-awake.ts';
import { readKey } from '../platform/privileged/key-store.ts';
import { requestOfJob } from '../platform/privileged/request-body.ts';
import { readRedactionRules } from '../platform/settings-store.ts';

/**
 * Files a ticket without the outbox, for a profile whose storage cannot be opened: one try, whose outcome is told
 * and kept nowhere. A further press is for the same ticket, since the page keeps the id. Fails with `unmasked-secrets`
 * while something is found in the words that `keptSecrets` does not let through.
 */
export async function sendUnsavedTicket({
  id,
  ...typed
}: MessageInput<'unsaved.send'>): Promise<Result<{ ticketNumber: string | null }>> {
  const now = Date.now();
  const draft = { ...emptyDraft(id, now), ...typed };
  const ticket = requestFromDraft(draft, {
    agent: { name: '', email: '' },
    redactionRules: await readRedactionRules(),
    notesOfPicture: () => null,
    followUpMessage: () => '',
    fallbackTitle: text('untitled'),
    extensionVersion: browser.runtime.getManifest().version,
    sourceIdOfTicket: () => null,
    now,
  });
  if (!ticket.ok) return ticket;
  const key = await readKey();
  if (key === null) return fail({ kind: 'no-key' });
  const request = await requestOfJob(sourceSpecificId(draft), ticket.value);
  if (!request.ok) return request;
  const answer = await keepAwake(() => callApi(request.value, key.value));
  // An earlier press may have arrived: then Assembly knows the id already.
  const outcome = classify({ kind: 'ticket', attempts: 2 }, answer, now);
  return outcome.verdict === 'sent' ? ok({ ticketNumber: outcome.ticketNumber }) : fail(outcome.failure);
}
