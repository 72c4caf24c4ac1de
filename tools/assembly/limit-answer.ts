import { type Answer, errorAnswer } from './answer.ts';
import type { RequestWindow } from './rate-limits.ts';
import type { Service } from './service.ts';
import type { RateLimit } from './settings.ts';

/** Whose requests are counted where. */
export interface RateLimited {
  readonly window: RequestWindow;
  readonly caller: string;
  readonly limit: RateLimit | null;
}

/** 429 when the caller is over the limit, without `Retry-After` unless the settings ask for one; else null. */
export function limitAnswer({ window, caller, limit }: RateLimited, service: Service): Answer | null {
  if (window.admit(caller, limit, service.nowMs())) return null;
  const { retryAfterSeconds } = service.config;
  const headers = retryAfterSeconds === null ? undefined : { 'retry-after': String(retryAfterSeconds) };
  return errorAnswer(429, 'rate limit exceeded', headers);
}
