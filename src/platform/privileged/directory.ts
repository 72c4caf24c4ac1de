import {
  accountsFromAnswer,
  agentFromAnswer,
  contactFromAnswer,
  type KnownContact,
} from '../../contract/directory.ts';
import { type FoundAccounts, foundLimit } from '../../core/directory/people.ts';
import { classify } from '../../core/outbox/classify.ts';
import { parseJsonObject } from '../../core/outbox/json-object.ts';
import { serverWords } from '../../core/outbox/server-words.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { callApi } from './assembly-client.ts';

/** Something that Assembly can be asked, and how its answer is read. */
export interface Question<T> {
  path: string;
  /** What a whole JSON object with that status says; null when it is no answer to this. */
  read(status: number, json: Record<string, unknown>, body: string): T | null;
}

const nobody: KnownContact = { isKnown: false, name: '' };

/** `GET /contacts/{email}`: 404 means that nobody has the address. */
export function contactQuestion(email: string): Question<KnownContact> {
  return {
    path: `/contacts/${encodeURIComponent(email)}`,
    read: (status, json) => (status === 404 ? nobody : status === 200 ? contactFromAnswer(json) : null),
  };
}

/** `GET /accounts?name=`: companies and customers whose name or domain holds the text. */
export function accountsQuestion(name: string): Question<FoundAccounts> {
  const query = new URLSearchParams({ limit: String(foundLimit), offset: '0', name });
  return {
    path: `/accounts?${query}`,
    read: (status, json) => (status === 200 ? accountsFromAnswer(json) : null),
  };
}

/** `GET /fetch-user?email=`: "not found" is a 400 here; one with other words is trouble. */
export function agentQuestion(email: string): Question<KnownContact> {
  return {
    path: `/fetch-user?${new URLSearchParams({ email })}`,
    read(status, json, body) {
      if (status === 200) return agentFromAnswer(json);
      const isNotFound = status === 400 && /not found/i.test(serverWords(status, body));
      return isNotFound || status === 404 ? nobody : null;
    },
  };
}

/** Asks over the network, now. Whether it may be asked is for the caller to know. */
export async function askAssembly<T>(
  question: Question<T>,
  key: string,
  signal: AbortSignal,
): Promise<Result<T>> {
  const answer = await callApi({ method: 'GET', path: question.path, signal }, key);
  const status = answer.kind === 'answered' ? answer.status : 0;
  if (answer.kind === 'answered' && answer.bodyComplete) {
    const json = parseJsonObject(answer.body);
    const read = json && question.read(status, json, answer.body);
    if (read) return ok(read);
  }
  // The table for tickets knows every other status; only its reading of a success is about tickets.
  const outcome = classify({ kind: 'ticket', attempts: 1 }, answer, Date.now());
  return fail(outcome.verdict === 'sent' ? { kind: 'unreadable-answer', status } : outcome.failure);
}
