import type { PickOutcome } from '../contract/content-entries.ts';
import type { PickKind } from './picker/overlay.ts';
import { startPicking } from './picker/start-picking.ts';

// Injected anew for every pick: the newest file wins, the registry stays.
globalThis.captureForAssembly ??= {};
globalThis.captureForAssembly.pickSubject = (nonce: string, kind: PickKind) => {
  const entries = globalThis.captureForAssembly;
  if (!entries) return;
  // Also one that an earlier copy of this file has started.
  entries.leavePick?.();
  delete entries.subject;
  entries.leavePick = startPicking(kind, (outcome, subject) => {
    delete entries.leavePick;
    if (subject) entries.subject = subject;
    deliver(nonce, outcome).catch(() => {
      // The extension was updated or switched off meanwhile: there is no one left to tell.
    });
  });
};

async function deliver(nonce: string, outcome: PickOutcome): Promise<void> {
  await chrome.runtime.sendMessage({ name: 'pick.deliver', input: { nonce, outcome } });
}
