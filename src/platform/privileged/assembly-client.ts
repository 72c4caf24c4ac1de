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
  /** Ends the request: nobody waits for its answer any more. It then fails as one whose network broke. */
  signal?: AbortSignal;
}

/** A request without side effects, which tells whether Assembly can be reached and takes the key. */
export const harmlessRequest: ApiRequest = { method: 'GET', path: '/list-users?page=0&page_size=1' };

/** A body as `fetch` takes it; `neverLeft` is true while it is certain that no byte of it was asked for. */
interface Upload {
  init: RequestInit & { duplex?: 'half' };
  neverLeft: () => boolean;
}

/**
 * Sends a request whose repetition does no harm: Chromium may send it twice by itself, when the connection that it
 * reused dies before the answer. The key goes into the `Authorization` header as it is, without "Bearer".
 * Never rejects: whatever happens is an `Answer`, and `classify` says what it means.
 */
export function callApi(request: ApiRequest, key: string): Promise<Answer> {
  return exchange(request, key, wholeBody(request.body));
}

/**
 * Sends a request with a body that is pulled, piece by piece. Chromium cannot repeat such a request, and as long as
 * nothing was pulled nothing was sent. It does so over HTTP/2 only: else it fails before it sends anything.
 */
export function callApiStreaming(request: ApiRequest & { body: FormData }, key: string): Promise<Answer> {
  return exchange(request, key, pulledBody(request.body));
}

/** No Content-Type is set by hand: the browser adds the multipart boundary only to its own. */
function wholeBody(body: FormData | undefined): Upload {
  return { init: body ? { body } : {}, neverLeft: () => false };
}

function pulledBody(form: FormData): Upload {
  const encoded = new Response(form);
  const source = encoded.body?.getReader();
  let isPulled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        isPulled = true;
        const piece = await source?.read();
        if (piece?.value) controller.enqueue(piece.value);
        else controller.close();
      },
      cancel: reason => source?.cancel(reason),
    },
    // Nothing is asked for in advance: the first pull is the first byte that leaves.
    { highWaterMark: 0 },
  );
  const headers = { 'Content-Type': encoded.headers.get('content-type') ?? '' };
  return { init: { body, headers, duplex: 'half' }, neverLeft: () => !isPulled };
}

/** The only fetch in the product. */
async function exchange(request: ApiRequest, key: string, { init, neverLeft }: Upload): Promise<Answer> {
  const abort = new AbortController();
  const uploadMs = (request.bodySizeBytes ?? 0) / slowestBytesPerMs;
  const totalTimer = setTimeout(() => abort.abort(), totalDeadlineMs + uploadMs);
  const headersTimer = setTimeout(() => abort.abort(), headersDeadlineMs + uploadMs);
  try {
    const response = await fetch(`${apiBaseUrl}${request.path}`, {
      ...init,
      method: request.method,
      headers: { ...init.headers, Authorization: key },
      signal: request.signal ? AbortSignal.any([abort.signal, request.signal]) : abort.signal,
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
    return { kind: 'no-answer', reason, neverLeft: neverLeft() };
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
