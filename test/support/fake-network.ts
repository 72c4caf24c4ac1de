/** One request as it left the extension. */
export interface SentRequest {
  method: string;
  path: string;
  /** The `Authorization` header. */
  key: string | null;
  fields: FormData;
  /** When it left, epoch ms. */
  at: number;
}

type Answer = (request: SentRequest) => Response | Promise<Response>;

let scripted: Answer[] = [];
let created = 0;

/** The network as `fetch` reaches it: what a test looks at, and how it says what comes back. */
export const fakeNetwork = {
  isOnline: true,
  /** Whether the connection is HTTP/2, so that a body may be streamed. */
  isHttp2: true,
  requests: [] as SentRequest[],
  /** The answers to the next requests, in order; after them every request is accepted. */
  script: (...answers: Answer[]) => void scripted.push(...answers),
  /** The answer to every request that has no scripted one. */
  otherwise: accept as Answer,
  /** The `source_specific_id` of each request. */
  sentIds: () => fakeNetwork.requests.map(({ fields }) => fields.get('source_specific_id')),
  reset() {
    scripted = [];
    created = 0;
    Object.assign(fakeNetwork, { isOnline: true, isHttp2: true, requests: [], otherwise: accept });
  },
};

function accept({ path }: SentRequest): Response {
  created += 1;
  return path.startsWith('/interactions/reply')
    ? Response.json({ created_history_id: `HISTORY-${created}` })
    : Response.json({ created_ticket_number: `ASM-${created}` });
}

/** An answer with a status that is no success, in the vendor's error format. */
export const refuse =
  (status: number, error = 'refused'): Answer =>
  () =>
    Response.json({ error }, { status });

/** An answer that comes when the test gives it; until then the request hangs. */
export function held() {
  let answer: (response: Response) => void = () => {};
  const response = new Promise<Response>(resolve => {
    answer = resolve;
  });
  return { hang: () => response, answer };
}

/** The browser's `fetch`: rejects as Chrome's does when offline or aborted, and only then. */
export async function fakeFetch(url: string, init: RequestInit): Promise<Response> {
  const { origin, pathname, search } = new URL(url);
  if (origin !== 'https://api.wavelength.cx') throw new Error(`The extension talks to ${origin}.`);
  if (!fakeNetwork.isOnline) throw new TypeError('Failed to fetch');
  if (init.body instanceof ReadableStream && !fakeNetwork.isHttp2) throw new TypeError('Failed to fetch');
  const request = {
    method: init.method ?? 'GET',
    path: `${pathname}${search}`,
    key: new Headers(init.headers).get('authorization'),
    fields: await fieldsOf(init),
    at: Date.now(),
  };
  fakeNetwork.requests.push(request);
  const answer = scripted.shift() ?? fakeNetwork.otherwise;
  return Promise.race([answer(request), whenAborted(init.signal)]);
}

async function fieldsOf({ body, headers }: RequestInit): Promise<FormData> {
  if (body instanceof FormData) return body;
  return body ? new Response(body, headers ? { headers } : {}).formData() : new FormData();
}

function whenAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}
