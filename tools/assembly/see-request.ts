import type { FastifyRequest } from 'fastify';
import type { Connections } from './connections.ts';
import type { Endpoint, SeenRequest } from './record.ts';

/** Starts the record of a request, before its body is read. */
export function seeRequest(
  request: FastifyRequest,
  endpoint: Endpoint,
  connections: Connections,
  timeMs: number,
): SeenRequest {
  const { raw } = request;
  const [path = '', search = ''] = request.url.split(/\?(.*)/s, 2);
  const remotePort = raw.socket.remotePort ?? 0;
  return {
    endpoint,
    method: request.method,
    path,
    query: readSearch(search),
    headers: readHeaders(raw.headers),
    timeMs,
    httpVersion: raw.httpVersion,
    remoteAddress: raw.socket.remoteAddress ?? '',
    remotePort,
    connectionRequest: connections.countRequest(remotePort),
    parts: [],
    bodySha256: null,
    fault: null,
    status: null,
    answered: false,
    closedAtMs: null,
    committed: false,
  };
}

function readSearch(search: string): SeenRequest['query'] {
  const parameters = new URLSearchParams(search);
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
}

function readHeaders(raw: FastifyRequest['raw']['headers']): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined) continue;
    const plainName = name === ':authority' ? 'host' : name;
    if (plainName.startsWith(':')) continue;
    headers[plainName] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
