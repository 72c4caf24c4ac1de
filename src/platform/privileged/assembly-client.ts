import type { Answer } from '../../core/outbox/classify.ts';
import { apiBaseUrl } from '../host-access.ts';

// The headers come only after the whole body went up: a body gets time as on a line of 0.4 Mbit/s on top.
const headersDeadlineMs = 25_000;
const totalDeadlineMs = 120_000;
const slowestBytesPerMs = 50;
const bodyLimitBytes = 64 * 1024;

export interface ApiRequest {
  method: 'GET' | 'POST';
  /** Path with query, beginning with a slash. */
  path: string;
  body?: FormData;
  /** About how large the body is. */
  bodySizeBytes?: number;
}

/**
 * The only fetch in the product. The key goes into the `Authorization` header as it is, without "Bearer".
 * Never rejects: whatever happens is an `Answer`, and `classify` says what it means.
 * No Content-Type is set by hand: the browser adds the multipart boundary only to its own.
 */
export async function callApi(request: ApiRequest, key: string): Promise<Answer> {
  const abort = new AbortController();
  const uploadMs = (request.bodySizeBytes ?? 0) / slowestBytesPerMs;
  const totalTimer = setTimeout(() => abort.abort(), totalDeadlineMs + uploadMs);
  const headersTimer = setTimeout(() => abort.abort(), headersDeadlineMs + uploadMs);
  try {
    const response = await fetch(`${apiBaseUrl}${request.path}`, {
      method: request.method,
      headers: { Authorization: key },
      ...(request.body ? { body: request.body } : {}),
      signal: abort.signal,
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    clearTimeout(headersTimer);
    const { text, complete } = await readBody(response);
    return {
      kind: 'answered',
      status: response.status,
      headers: {
        retryAfter: response.headers.get('retry-after'),
        date: response.headers.get('date'),
      },
      body: text,
      bodyComplete: complete,
    };
  } catch {
    // `Failed to fetch` is one error for DNS, TLS, refusal, reset and blocked redirect: nothing to read in it.
    const reason = abort.signal.aborted ? 'timed-out' : 'network';
    return { kind: 'no-answer', reason, neverLeft: false };
  } finally {
    clearTimeout(totalTimer);
    clearTimeout(headersTimer);
  }
}

/** Reads at most 64 KB. A body that breaks off or is longer is reported as incomplete, with what came. */
async function readBody(response: Response): Promise<{ text: string; complete: boolean }> {
  const decoder = new TextDecoder();
  let text = '';
  let sizeBytes = 0;
  const reader = response.body?.getReader();
  if (!reader) return { text, complete: true };
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode(), complete: true };
      sizeBytes += value.byteLength;
      if (sizeBytes > bodyLimitBytes) {
        await reader.cancel();
        return { text, complete: false };
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return { text, complete: false };
  }
}
