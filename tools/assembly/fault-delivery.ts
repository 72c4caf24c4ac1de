import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from './answer.ts';
import type { Connections } from './connections.ts';
import type { Fault } from './faults.ts';
import type { SeenRequest } from './record.ts';

/** What a fault works on. */
export interface Delivery {
  readonly seen: SeenRequest;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly connections: Connections;
  /** Ends every wait when the server closes. */
  readonly closing: AbortSignal;
  /** Serves the request as if nothing were wrong, and commits. */
  readonly serve: () => Answer;
}

/** Answers in the ordinary way. */
export function sendAnswer(delivery: Pick<Delivery, 'seen' | 'reply'>, answer: Answer): FastifyReply {
  delivery.seen.status = answer.status;
  return delivery.reply.code(answer.status).headers(answer.headers).send(answer.body);
}

/** Serves one request under a fault. */
export async function deliverFault(fault: Fault, delivery: Delivery): Promise<FastifyReply> {
  const { seen, reply, connections, closing, serve } = delivery;
  seen.fault = fault.kind;
  switch (fault.kind) {
    case 'answer': {
      if (fault.commit) serve();
      const { status, headers, body } = fault;
      return sendAnswer(delivery, { status, headers, body, committed: fault.commit });
    }
    case 'delay': {
      await sleep(fault.beforeCommitMs, undefined, { signal: closing });
      const answer = serve();
      await sleep(fault.afterCommitMs, undefined, { signal: closing });
      return sendAnswer(delivery, answer);
    }
    case 'hang':
      if (fault.commit) serve();
      return reply.hijack();
    case 'drop':
      if (fault.commit) serve();
      reply.hijack();
      connections.end(seen.remotePort, fault.how);
      return reply;
    case 'truncate': {
      const answer: Answer = fault.commit
        ? serve()
        : { status: 200, headers: {}, body: '{"cut":true}', committed: false };
      const body = startBody(delivery, answer);
      await writeBytes(delivery, body.subarray(0, body.length / 2));
      // FIN, and a little later: a reset could overtake the bytes that were just written.
      await sleep(20, undefined, { signal: closing });
      connections.end(seen.remotePort, 'fin');
      return reply;
    }
    case 'drip': {
      const body = startBody(delivery, serve());
      for (const byte of body) {
        await sleep(fault.everyMs, undefined, { signal: closing });
        if (reply.raw.destroyed) return reply;
        await writeBytes(delivery, Buffer.of(byte));
      }
      reply.raw.end();
      return reply;
    }
    case 'stop-reading':
      return stopReading(fault, delivery);
  }
}

/** Sends the headers of an answer and promises its whole body by Content-Length. */
function startBody({ seen, reply }: Delivery, answer: Answer): Buffer {
  const body = Buffer.from(answer.body);
  seen.status = answer.status;
  reply.hijack();
  reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  return body;
}

function writeBytes({ reply }: Delivery, bytes: Buffer): Promise<void> {
  return new Promise(resolve => {
    reply.raw.write(bytes, () => resolve());
  });
}

function stopReading(
  fault: Extract<Fault, { kind: 'stop-reading' }>,
  { seen, request, reply, connections }: Delivery,
): FastifyReply {
  let readBytes = 0;
  request.raw.on('data', (chunk: Buffer) => {
    readBytes += chunk.length;
    if (readBytes < fault.afterBytes) return;
    request.raw.pause();
    if (fault.how === 'reset') connections.end(seen.remotePort, 'reset');
  });
  return reply.hijack();
}
