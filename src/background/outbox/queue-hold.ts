import type { Failure } from '../../core/failure.ts';
import { hasHostAccess } from '../../platform/host-access.ts';
import { readKey } from '../../platform/privileged/key-store.ts';
import { outboxStore } from '../../platform/privileged/outbox-store.ts';

/**
 * Why nothing can be sent for now, or null. Derived anew each time from what is stored, so that no event (a key
 * entered while the worker slept, or while a request with the old one was out) can be missed.
 */
export async function queueHold(): Promise<Failure | null> {
  const key = await readKey();
  if (key === null) return { kind: 'no-key' };
  const refused = await outboxStore.readRefusedKey();
  if (refused?.keyId === key.id) return refused.failure;
  return (await hasHostAccess()) ? null : { kind: 'host-access-missing' };
}
