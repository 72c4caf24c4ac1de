import { secretKinds } from '../../src/core/redaction/secret-kind.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { extensionWorker } from '../../tools/chromium/extension.ts';
import type { Rig } from './rig.ts';

/** Sets what is looked for, and everything else as it is at first. */
export async function setRedaction(
  rig: Rig,
  { kinds = [...secretKinds], ownPatterns = [] }: { kinds?: string[]; ownPatterns?: string[] },
): Promise<void> {
  const worker = await extensionWorker(rig.browser, rig.extension);
  const settings = { ...defaultSettings, redaction: { kinds, ownPatterns } };
  await worker.evaluate(record => chrome.storage.local.set({ settings: record }), settings);
}
