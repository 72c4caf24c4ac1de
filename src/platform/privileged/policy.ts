import { managedPolicySchema } from '../../contract/stored.ts';
import { browser } from '../browser.ts';

/** How many people share the API key, as the organisation's policy says; 1 when it says nothing. */
export async function readSharedBy(): Promise<number> {
  // Rejects where the browser knows no policies.
  const stored: unknown = await browser.storage.managed.get('sharedBy').catch(() => null);
  const parsed = managedPolicySchema.safeParse(stored);
  return parsed.success ? (parsed.data.sharedBy ?? 1) : 1;
}
