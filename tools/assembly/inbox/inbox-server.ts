import { readFileSync } from 'node:fs';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Faults, faultSchema } from '../faults.ts';
import { recordAsJson } from '../record-json.ts';
import type { Service } from '../service.ts';
import { html } from './html.ts';
import { page } from './page.ts';
import { ticketListPage } from './ticket-list-page.ts';
import { ticketPage } from './ticket-page.ts';

const assets = [
  ['page.css', 'text/css; charset=utf-8'],
  ['tickets.css', 'text/css; charset=utf-8'],
  ['refresh.js', 'text/javascript; charset=utf-8'],
] as const;

/** Whatever a ticket says, its page runs no script of its own and loads nothing from elsewhere. */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

const faultsBody = z.strictObject({
  /** Standing faults instead of queued ones. */
  always: z.boolean().default(false),
  faults: z.array(faultSchema).min(1),
});

/** The inbox page over plain HTTP, with GET /record.json, POST /faults and DELETE /faults. */
export function createInboxServer(service: Service, faults: Faults): FastifyInstance {
  const { record } = service;
  const app = fastify({ forceCloseConnections: true });
  const version = () => `${record.tickets.length}.${record.replies.length}`;
  const findTicket = (number: string) => record.tickets.find(one => one.number === number);
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(pageHeaders);
  });

  app.get('/', (_request, reply) => sendPage(reply, 200, ticketListPage(service, version())));
  app.get<{ Params: { number: string } }>('/tickets/:number', (request, reply) => {
    const ticket = findTicket(request.params.number);
    return ticket === undefined
      ? sendNotFound(reply)
      : sendPage(reply, 200, ticketPage(ticket, service, version()));
  });
  app.get<{ Params: { number: string; file: string } }>('/tickets/:number/images/:file', (request, reply) => {
    const images = findTicket(request.params.number)?.images ?? [];
    const image = images.find((one, index) => `${index}.${one.format}` === request.params.file);
    return image === undefined ? sendNotFound(reply) : reply.type(`image/${image.format}`).send(image.bytes);
  });
  app.get<{ Params: { historyId: string; index: string } }>(
    '/replies/:historyId/files/:index',
    (request, reply) => {
      const { historyId, index } = request.params;
      const file = record.replies.find(one => one.historyId === historyId)?.files[Number(index)];
      if (file === undefined) return sendNotFound(reply);
      // Never opened in the page: a reply takes files of any type, HTML too. The link names the file.
      return reply
        .type('application/octet-stream')
        .header('content-disposition', 'attachment')
        .send(file.bytes);
    },
  );

  app.get('/version', (_request, reply) => reply.type('text/plain').send(version()));
  for (const [name, type] of assets) {
    const content = readFileSync(new URL(name, import.meta.url));
    app.get(`/${name}`, (_request, reply) => reply.type(type).send(content));
  }
  app.get('/record.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(recordAsJson(record)),
  );

  app.post('/faults', (request, reply) => {
    const body = faultsBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) });
    for (const fault of body.data.faults) {
      if (body.data.always) faults.always(fault);
      else faults.next(fault);
    }
    return reply.send(faults.count());
  });
  app.delete('/faults', (_request, reply) => {
    faults.clear();
    return reply.send(faults.count());
  });
  app.setNotFoundHandler((_request, reply) => sendNotFound(reply));
  return app;
}

function sendPage(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(text);
}

function sendNotFound(reply: FastifyReply): FastifyReply {
  const main = html`<div class="empty"><h1>Not here</h1><p><a href="/">Back to the inbox</a></p></div>`;
  return sendPage(reply, 404, page('Not found', main, null));
}
