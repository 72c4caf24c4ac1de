import type {} from '../contract/content-entries.ts';
import { readPageSelection } from './selection/page-selection.ts';

// Injected anew on every gesture: the newest file wins, the registry stays.
globalThis.captureForAssembly ??= {};
globalThis.captureForAssembly.readSelection = nonce => {
  deliver(nonce).catch(() => {
    // The extension was updated or switched off meanwhile: there is no one left to tell.
  });
};

async function deliver(nonce: string): Promise<void> {
  await chrome.runtime.sendMessage({
    name: 'selection.deliver',
    input: { nonce, selection: readPageSelection() },
  });
}
