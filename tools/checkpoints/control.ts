import { getBlob, putBlob } from '../../src/platform/blob-store.ts';
import { saveKey } from '../../src/platform/key-entry.ts';
import { writeSettings } from '../../src/platform/settings-store.ts';

declare global {
  /** What pages of the extension do by themselves and not by a message, for tests to call in this page. */
  var control: typeof functions;
}

const functions = { getBlob, putBlob, saveKey, writeSettings } as const;
globalThis.control = functions;
