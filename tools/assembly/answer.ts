/** What a route answers. `committed` says that this very request created a ticket or a reply. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
  readonly committed: boolean;
}

/** Thrown by the checks of a request; becomes `{"error": message}` with this status in one place. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };

/** 200 with a JSON body. */
export function jsonAnswer(value: unknown, committed = false): Answer {
  return { status: 200, headers: jsonHeaders, body: JSON.stringify(value), committed };
}

/** The vendor's error format: `{"error": "message"}`. */
export function errorAnswer(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { ...jsonHeaders, ...headers },
    body: JSON.stringify({ error: message }),
    committed: false,
  };
}
