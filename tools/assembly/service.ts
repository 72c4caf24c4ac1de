import type { Directory } from './directory.ts';
import type { Part } from './multipart-form.ts';
import type { RequestWindow } from './rate-limits.ts';
import type { AssemblyRecord, SeenRequest } from './record.ts';
import type { Config } from './settings.ts';

/** What every route works with. */
export interface Service {
  readonly config: Config;
  readonly record: AssemblyRecord;
  readonly directory: Directory;
  readonly ticketWindow: RequestWindow;
  readonly replyWindow: RequestWindow;
  readonly nowMs: () => number;
  readonly newUlid: () => string;
  /** The next of `ASM-111`, `ASM-112`, … */
  readonly newTicketNumber: () => string;
}

/** One request on its way through a route. */
export interface Asked {
  readonly seen: SeenRequest;
  /** The body. Throws its refusal when it could not be read; the key and the limit are checked before. */
  readonly readParts: () => readonly Part[];
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
}
