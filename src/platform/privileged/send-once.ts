import type { Answer } from '../../core/outbox/classify.ts';
import { database } from '../database/database.ts';
import { callApi, callApiStreaming, harmlessRequest } from './assembly-client.ts';
import type { FormRequest } from './request-body.ts';

/** For so long it is not tried again whether the way to Assembly takes streamed bodies. */
const memoryMs = 24 * 60 * 60 * 1_000;
/** "Length Required": said before anything is done, by a server or proxy that takes no streamed bodies. */
const lengthRequired = 411;

/**
 * Sends a request that must not be carried out twice. Over HTTP/2 it is streamed: then the browser does not repeat
 * it, and an answer says whether anything left. Where that is not possible it goes as any other request does.
 * Never rejects.
 */
export async function sendOnce(request: FormRequest, key: string): Promise<Answer> {
  if (await isStreamingRefused()) return callApi(request, key);
  let answer = await callApiStreaming(request, key);
  if (hasNotLeft(answer)) {
    // Because Assembly is out of reach, or because the connection is HTTP/1.1?
    const isReached = (await callApi(harmlessRequest, key)).kind === 'answered';
    if (!isReached) return answer;
    // Within reach by now; then only a refused stream still leaves nothing, and that at once.
    answer = await callApiStreaming(request, key);
  }
  const isTimeOver = answer.kind === 'no-answer' && answer.reason === 'timed-out';
  const isRefused =
    (hasNotLeft(answer) && !isTimeOver) || (answer.kind === 'answered' && answer.status === lengthRequired);
  if (!isRefused) return answer;
  const plain = await callApi(request, key);
  // Were it for a network that comes and goes, this one would not be answered either.
  if (plain.kind === 'answered') await rememberRefusal();
  return plain;
}

function hasNotLeft(answer: Answer): boolean {
  return answer.kind === 'no-answer' && answer.neverLeft;
}

async function isStreamingRefused(): Promise<boolean> {
  try {
    const at: unknown = await (await database.connection()).get('meta', 'streamingRefusedAt');
    return typeof at === 'number' && Math.abs(Date.now() - at) < memoryMs;
  } catch {
    return false;
  }
}

/** Worth a request a day; not worth the answer, if it cannot be stored. */
async function rememberRefusal(): Promise<void> {
  await database.change(tx => tx.objectStore('meta').put(Date.now(), 'streamingRefusedAt')).catch(() => {});
}
