import type { Answer } from '../../core/outbox/classify.ts';
import { database } from '../database/database.ts';
import { callApi, callApiStreaming, harmlessRequest } from './assembly-client.ts';
import type { FormRequest } from './request-body.ts';

/** For so long it is not tried again whether the way to Assembly takes streamed bodies. */
const memoryMs = 24 * 60 * 60 * 1_000;
/** What a server or proxy answers, before it does anything, that wants to know the length of a body first. */
const wantsLength: readonly number[] = [411, 501];

/**
 * Sends a request that must not be carried out twice. Over HTTP/2 it is streamed: then the browser does not repeat
 * it, and an answer says whether anything left. Where that is not possible it goes as any other request does.
 */
export async function sendOnce(request: FormRequest, key: string): Promise<Answer> {
  if (await isStreamingRefused()) return callApi(request, key);
  let answer = await callApiStreaming(request, key);
  if (hasNotLeft(answer)) {
    // Because Assembly is out of reach, or because the connection is HTTP/1.1?
    const isReached = (await callApi(harmlessRequest, key)).kind === 'answered';
    if (!isReached) return answer;
    // Within reach by now; then only a refused stream still leaves nothing.
    answer = await callApiStreaming(request, key);
  }
  const isRefused = hasNotLeft(answer) || (answer.kind === 'answered' && wantsLength.includes(answer.status));
  if (!isRefused) return answer;
  await database.change(tx => tx.objectStore('meta').put(Date.now(), 'streamingRefusedAt'));
  return callApi(request, key);
}

function hasNotLeft(answer: Answer): boolean {
  return answer.kind === 'no-answer' && answer.neverLeft;
}

async function isStreamingRefused(): Promise<boolean> {
  const at: unknown = await (await database.connection()).get('meta', 'streamingRefusedAt');
  return typeof at === 'number' && Math.abs(Date.now() - at) < memoryMs;
}
