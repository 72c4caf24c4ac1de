import type { AdditionalProperties, SentUser } from './field-checks.ts';
import type { TicketImage } from './image-check.ts';
import type { FilePart, Part } from './multipart-form.ts';
import { findViolations } from './violations.ts';

export type Endpoint = 'ticket' | 'reply' | 'list-users' | 'fetch-user' | 'accounts' | 'contact' | 'unknown';

/** One request as it reached the API, and how it ended. Later fields fill up while it is served. */
export interface SeenRequest {
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Names in lower case; HTTP/2's `:authority` is given as `host`. */
  readonly headers: Readonly<Record<string, string>>;
  /** By the injected clock. */
  readonly timeMs: number;
  readonly httpVersion: string;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** 1 for the first request on its connection: above that, a browser may replay it by itself. */
  readonly connectionRequest: number;
  /** In the order in which they were sent; empty for a body that did not arrive whole or is not multipart. */
  parts: readonly Part[];
  /** Over all parts, boundary aside; null when `parts` says nothing. */
  bodySha256: string | null;
  /** The scripted fault that met this request. */
  fault: string | null;
  /** Null while it waits, and for ever when no headers were sent. */
  status: number | null;
  /** Whether the whole answer was handed to the network. */
  answered: boolean;
  /** When its connection or HTTP/2 stream was closed, by either side, before the whole answer was written. */
  closedAtMs: number | null;
  /** Whether this very request created a ticket or a reply. */
  committed: boolean;
}

export interface Ticket {
  /** `ASM-111`, `ASM-112`, … */
  readonly number: string;
  readonly ulid: string;
  readonly title: string | null;
  readonly query: string;
  readonly sourceSpecificId: string | null;
  readonly user: SentUser | null;
  readonly companyId: string | null;
  readonly companySourceSpecificId: string | null;
  readonly additionalProperties: AdditionalProperties;
  readonly originalTimestamp: string | null;
  readonly images: readonly TicketImage[];
  readonly imageUrls: readonly string[];
  readonly createdAtMs: number;
}

export interface Reply {
  readonly historyId: string;
  readonly ticketNumber: string;
  readonly content: string;
  readonly user: SentUser;
  readonly sourceSpecificId: string | null;
  readonly originalTimestamp: string | null;
  readonly files: readonly FilePart[];
  readonly imageUrls: readonly string[];
  readonly createdAtMs: number;
}

/** Everything that the local Assembly saw and keeps, in memory, oldest first. */
export class AssemblyRecord {
  readonly requests: SeenRequest[] = [];
  readonly tickets: Ticket[] = [];
  readonly replies: Reply[] = [];

  requestsTo(endpoint: Endpoint): SeenRequest[] {
    return this.requests.filter(seen => seen.endpoint === endpoint);
  }

  /** What a careful client never does, one sentence each; empty when all is well. */
  violations(): string[] {
    return findViolations(this.requests);
  }

  /** Forgets the requests, to free their bytes between two parts of a long run. Tickets and replies stay. */
  forgetRequests(): void {
    this.requests.length = 0;
  }
}
