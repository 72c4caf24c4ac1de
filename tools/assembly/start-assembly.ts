import type { AddressInfo } from 'node:net';
import { createApiServer } from './api-server.ts';
import { createCertificate } from './certificate.ts';
import { Directory } from './directory.ts';
import { Faults } from './faults.ts';
import { createInboxServer } from './inbox/inbox-server.ts';
import { RequestWindow } from './rate-limits.ts';
import { AssemblyRecord, type Ticket } from './record.ts';
import { demoSeed, type Seed, type SeedTicket } from './seed.ts';
import type { Service } from './service.ts';
import { type Config, createConfig, type Settings } from './settings.ts';
import { createUlidSource } from './ulid.ts';

export interface AssemblyOptions extends Partial<Settings> {
  /** 0 or absent: any free port. A port that is taken rejects, unless `orAnyPort`. */
  readonly apiPort?: number;
  readonly inboxPort?: number;
  /** Takes a free port when the wanted one is taken. */
  readonly orAnyPort?: boolean;
  /** HTTP/2 beside HTTP/1.1, by ALPN. */
  readonly http2?: boolean;
  /** The clock of rate limits, records and ids, in milliseconds since 1970. Delays of faults run in real time. */
  readonly now?: () => number;
  /** Laid over the demo people. */
  readonly seed?: Partial<Seed>;
}

/** A running local Assembly. */
export interface Assembly {
  readonly apiPort: number;
  /** `https://127.0.0.1:<port>` */
  readonly apiUrl: string;
  /** `http://127.0.0.1:<port>` */
  readonly inboxUrl: string;
  /** Trust it by `ca`, for 127.0.0.1, localhost and the vendor's host name. */
  readonly certificatePem: string;
  readonly record: AssemblyRecord;
  readonly faults: Faults;
  readonly config: Config;
  /** Ends every connection and both servers. */
  close(): Promise<void>;
}

/** The number of the vendor's sample answer. */
const firstTicketNumber = 111;
const host = '127.0.0.1';

/** Starts the API (TLS) and the inbox (plain HTTP), both on this machine only. */
export async function startAssembly(options: AssemblyOptions = {}): Promise<Assembly> {
  const {
    apiPort = 0,
    inboxPort = 0,
    orAnyPort = false,
    http2 = false,
    now = Date.now,
    seed,
    ...settings
  } = options;
  const { tickets, ...people } = { ...demoSeed, ...seed };
  const newUlid = createUlidSource(now);
  let nextNumber = firstTicketNumber;
  const service: Service = {
    config: createConfig(settings),
    record: new AssemblyRecord(),
    directory: new Directory(people),
    ticketWindow: new RequestWindow(),
    replyWindow: new RequestWindow(),
    nowMs: now,
    newUlid,
    newTicketNumber: () => `ASM-${nextNumber++}`,
  };
  service.record.tickets.push(...tickets.map(asTicket));
  const faults = new Faults();
  const closing = new AbortController();
  const certificate = await createCertificate();
  const api = await createApiServer(service, faults, certificate, { http2, closing: closing.signal });
  const inbox = createInboxServer(service, faults);
  const listen = async (app: typeof inbox, port: number) => {
    await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
      if (!orAnyPort || error.code !== 'EADDRINUSE') throw error;
      return app.listen({ host, port: 0 });
    });
    return (app.server.address() as AddressInfo).port;
  };
  const close = async () => {
    closing.abort();
    const closed = Promise.all([api.app.close(), inbox.close()]);
    api.connections.endAll();
    await closed;
  };
  try {
    const takenPort = await listen(api.app, apiPort);
    const takenInboxPort = await listen(inbox, inboxPort);
    return {
      apiPort: takenPort,
      apiUrl: `https://${host}:${takenPort}`,
      inboxUrl: `http://${host}:${takenInboxPort}`,
      certificatePem: certificate.certificatePem,
      record: service.record,
      faults,
      config: service.config,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function asTicket(seed: SeedTicket): Ticket {
  return {
    ...seed,
    title: null,
    user: null,
    companyId: null,
    companySourceSpecificId: null,
    additionalProperties: {},
    originalTimestamp: null,
    images: [],
    imageUrls: [],
    createdAtMs: 0,
  };
}
