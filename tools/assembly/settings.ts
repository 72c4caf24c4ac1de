/** The key that a fresh local Assembly accepts. Obviously no secret. */
export const demoApiKey = 'fake-demo-key-0000-not-a-secret';

/** A sliding window: at most `count` requests in any `windowMs`. */
export interface RateLimit {
  readonly count: number;
  readonly windowMs: number;
  /** Whether a refused request uses up the window too, as some limiters do. */
  readonly chargesRefused: boolean;
}

export interface Settings {
  /** Keys that are accepted, compared with the whole raw `Authorization` header. */
  readonly apiKeys: readonly string[];
  /** Keys that get 401 "Expired API Key". */
  readonly expiredApiKeys: readonly string[];
  /** What a second ticket with a known `source_specific_id` gets. The vendor promises only that none is created. */
  readonly ticketDedupe: 'same-answer' | 'conflict' | 'bad-request' | 'none';
  /** The vendor promises the 409 for Slack sources only, so it is off unless asked for. */
  readonly replyDedupe: 'conflict' | 'none';
  /** Per key; null turns the limit off. */
  readonly ticketLimit: RateLimit | null;
  /** Per key and IP address; null turns the limit off. */
  readonly replyLimit: RateLimit | null;
  /** `Retry-After` of a 429; the vendor promises none. */
  readonly retryAfterSeconds: number | null;
  /** How long a new ticket stays unknown (404) to replies. */
  readonly visibilityDelayMs: number;
  /** The vendor's pages show both `{…, type}` and `{account: {…, account_type}}` as an item of GET /accounts. */
  readonly accountShape: 'flat' | 'wrapped';
}

const defaultSettings: Settings = {
  apiKeys: [demoApiKey],
  expiredApiKeys: [],
  ticketDedupe: 'same-answer',
  replyDedupe: 'none',
  ticketLimit: { count: 30, windowMs: 1000, chargesRefused: false },
  replyLimit: { count: 60, windowMs: 60_000, chargesRefused: false },
  retryAfterSeconds: null,
  visibilityDelayMs: 0,
  accountShape: 'flat',
};

/** The live settings: read as fields, changed at run time by `change`. */
export type Config = Settings & { change(changes: Partial<Settings>): void };

/** The vendor's documented behaviour, with `changes` laid over it. */
export function createConfig(changes: Partial<Settings>): Config {
  const config = {
    ...defaultSettings,
    ...changes,
    change(later: Partial<Settings>) {
      Object.assign(config, later);
    },
  };
  return config;
}
