import { classify } from '../../core/outbox/classify.ts';
import { parseJsonObject } from '../../core/outbox/json-object.ts';
import { serverWords } from '../../core/outbox/server-words.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { hasHostAccess } from '../host-access.ts';
import { callApi, harmlessRequest } from './assembly-client.ts';

/** Asks the one call that has no side effect (`GET /list-users`) whether Assembly takes the key. */
export async function testKey(key: string): Promise<Result<null>> {
  if (!(await hasHostAccess())) return fail({ kind: 'host-access-missing' });
  const answer = await callApi(harmlessRequest, key);
  if (answer.kind === 'answered' && answer.status === 200) {
    // A captive portal's page also comes with 200.
    return answer.bodyComplete && Array.isArray(parseJsonObject(answer.body)?.['users'])
      ? ok(null)
      : fail({ kind: 'unreadable-answer', status: 200 });
  }
  // The table for tickets knows every other status; only its reading of a 2xx is about tickets.
  const outcome = classify({ kind: 'ticket', attempts: 1 }, answer, Date.now());
  if (outcome.verdict !== 'sent') return fail(outcome.failure);
  const status = answer.kind === 'answered' ? answer.status : 0;
  return fail({ kind: 'rejected', status, detail: serverWords(status, '') });
}
