import type { Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer } from 'node:https';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answer, errorAnswer, Refusal } from './answer.ts';
import type { Certificate } from './certificate.ts';
import { Connections } from './connections.ts';
import { fetchContact, fetchUser, listAccounts, listUsers } from './directory-routes.ts';
import { deliverFault, sendAnswer } from './fault-delivery.ts';
import type { Faults } from './faults.ts';
import { hashParts, multipartLimits, readParts } from './multipart-form.ts';
import type { Endpoint, SeenRequest } from './record.ts';
import { createReply } from './reply-route.ts';
import { seeRequest } from './see-request.ts';
import type { Asked, Service } from './service.ts';
import { createTicket } from './ticket-route.ts';

interface Route {
  readonly endpoint: Exclude<Endpoint, 'unknown'>;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly handle: (asked: Asked, service: Service) => Answer;
}

const routes: readonly Route[] = [
  { endpoint: 'ticket', method: 'POST', url: '/interactions', handle: createTicket },
  { endpoint: 'reply', method: 'POST', url: '/interactions/reply', handle: createReply },
  { endpoint: 'list-users', method: 'GET', url: '/list-users', handle: listUsers },
  { endpoint: 'fetch-user', method: 'GET', url: '/fetch-user', handle: fetchUser },
  { endpoint: 'accounts', method: 'GET', url: '/accounts', handle: listAccounts },
  { endpoint: 'contact', method: 'GET', url: '/contacts/:email', handle: fetchContact },
];

export interface ApiServer {
  readonly app: FastifyInstance;
  readonly connections: Connections;
}

/**
 * The API over TLS. No CORS headers, no answer to OPTIONS (404), no HEAD: what the vendor does not promise is not there.
 */
export async function createApiServer(
  service: Service,
  faults: Faults,
  certificate: Certificate,
  options: { readonly http2: boolean; readonly closing: AbortSignal },
): Promise<ApiServer> {
  const tls = { key: certificate.keyPem, cert: certificate.certificatePem };
  const app = fastify({
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1000 },
    // Fastify types a server as one of HTTP/1.1 or HTTP/2; with allowHTTP1 it is both, and speaks the former's interface.
    serverFactory: handler =>
      options.http2
        ? (createSecureServer({ ...tls, allowHTTP1: true }, handler as never) as unknown as Server)
        : createServer(tls, handler),
  });
  const connections = new Connections(app.server);
  const seenByRequest = new WeakMap<FastifyRequest, SeenRequest>();
  app.removeAllContentTypeParsers();
  await app.register(multipart, { limits: multipartLimits, throwFileSizeLimit: false, preservePath: true });
  // Any other body is let through unread: the routes refuse it.
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });

  app.addHook('onRequest', async (request, reply) => {
    const route = routes.find(one => one.url === request.routeOptions.url && one.method === request.method);
    const seen = seeRequest(request, route?.endpoint ?? 'unknown', connections, service.nowMs());
    service.record.requests.push(seen);
    seenByRequest.set(request, seen);
    reply.raw.once('close', () => {
      if (!reply.raw.writableEnded) seen.closedAtMs = service.nowMs();
    });
    const fault = faults.take(seen, 'before-body');
    const { closing } = options;
    const serve = () => errorAnswer(500, 'the body was not read');
    if (fault !== null) await deliverFault(fault, { seen, request, reply, connections, closing, serve });
  });
  app.addHook('onResponse', async request => {
    const seen = seenByRequest.get(request);
    if (seen !== undefined) seen.answered = true;
  });

  const answerWith = async (request: FastifyRequest, reply: FastifyReply, route: Route | null) => {
    const seen = seenByRequest.get(request);
    if (seen === undefined) throw new Error('a request was not recorded');
    const unreadable = route?.method === 'POST' ? await readBody(request, seen) : null;
    // The client left in the middle of its body: nothing is served, and no queued fault is used up.
    if (request.raw.destroyed && !request.raw.complete) return reply.hijack();
    const serve = () => {
      const params = request.params as Asked['params'];
      const readBodyParts = () => {
        if (unreadable !== null) throw unreadable;
        return seen.parts;
      };
      const answer = handleRoute(route, { seen, params, readParts: readBodyParts }, service);
      seen.committed = answer.committed;
      return answer;
    };
    const fault = faults.take(seen, 'after-body');
    if (fault === null) return sendAnswer({ seen, reply }, serve());
    return deliverFault(fault, { seen, request, reply, connections, closing: options.closing, serve });
  };
  for (const route of routes) {
    const { method, url } = route;
    app.route({ method, url, handler: (request, reply) => answerWith(request, reply, route) });
  }
  app.setNotFoundHandler((request, reply) => answerWith(request, reply, null));
  return { app, connections };
}

/** Reads the body onto the record; what is wrong with it is for the route to say. */
async function readBody(request: FastifyRequest, seen: SeenRequest): Promise<Refusal | null> {
  try {
    seen.parts = await readParts(request);
    seen.bodySha256 = hashParts(seen.parts);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function handleRoute(route: Route | null, asked: Asked, service: Service): Answer {
  const { seen } = asked;
  if (route === null) return errorAnswer(404, `not found: ${seen.method} ${seen.path}`);
  try {
    return route.handle(asked, service);
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(error.status, error.message);
    throw error;
  }
}
