import type { IncomingHttpHeaders } from 'node:http';
import { type Agent, request } from 'node:https';
import { demoApiKey } from '../../../tools/assembly/settings.ts';
import type { Assembly } from '../../../tools/assembly/start-assembly.ts';
import { type CurlField, type EncodedForm, encodeLikeCurl } from './curl-form.ts';

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came on the wire. */
  readonly rawHeaders: readonly string[];
  readonly text: string;
}

export interface Sent {
  readonly method?: string;
  readonly path: string;
  /** Null sends no Authorization header. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: EncodedForm;
  readonly agent?: Agent;
}

/** Sends one request over TLS that trusts the server's certificate. Rejects with the socket's error. */
export function send({ apiUrl, certificatePem }: Assembly, sent: Sent): Promise<Received> {
  const { method = 'GET', path, key = demoApiKey, form, agent } = sent;
  return new Promise((resolve, reject) => {
    const outgoing = request(`${apiUrl}${path}`, {
      method,
      ca: certificatePem,
      // Without an agent each request has a connection of its own.
      agent: agent ?? false,
      headers: {
        ...(key === null ? {} : { authorization: key }),
        ...(form === undefined
          ? {}
          : { 'content-type': form.contentType, 'content-length': form.body.length }),
        ...sent.headers,
      },
    });
    outgoing.once('error', reject);
    outgoing.once('response', response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        const { statusCode: status = 0, headers, rawHeaders } = response;
        resolve({ status, headers, rawHeaders, text });
      });
    });
    outgoing.end(form?.body);
  });
}

/** `POST /interactions` as curl sends it. */
export function postTicket(
  assembly: Assembly,
  fields: readonly CurlField[],
  more: Partial<Sent> = {},
): Promise<Received> {
  return send(assembly, { method: 'POST', path: '/interactions', form: encodeLikeCurl(fields), ...more });
}

/** `POST /interactions/reply` as curl sends it; `search` with its question mark. */
export function postReply(
  assembly: Assembly,
  search: string,
  fields: readonly CurlField[],
  more: Partial<Sent> = {},
): Promise<Received> {
  const path = `/interactions/reply${search}`;
  return send(assembly, { method: 'POST', path, form: encodeLikeCurl(fields), ...more });
}

/** The documented error format, to compare a whole answer with. */
export function refused(status: number, error: string): Partial<Received> {
  return { status, text: JSON.stringify({ error }) };
}

/** A ticket's answer. */
export function created(number: string): Partial<Received> {
  return { status: 200, text: JSON.stringify({ created_ticket_number: number }) };
}
