import { keyHint } from '../../core/api-key.ts';
import { fail, ok } from '../../core/result.ts';
import { announceChange } from '../../platform/changes.ts';
import { eraseEverything } from '../../platform/privileged/erase-everything.ts';
import { readKey, removeKey } from '../../platform/privileged/key-store.ts';
import type { Handlers } from '../../platform/privileged/route-message.ts';
import { testKey } from '../../platform/privileged/test-key.ts';
import { endAllBegun } from '../erasing.ts';
import { runOutbox, trustKeyAgain } from '../outbox/outbox.ts';
import { cancelCapture, captureEnd } from '../picture-capture.ts';

/** The key, which goes in and never out, and the way to be rid of everything. */
export const settingsHandlers = {
  'key.describe': async () => {
    const key = await readKey();
    return ok({ present: key !== null, hint: keyHint(key?.value ?? '') });
  },
  'key.test': async () => {
    const key = await readKey();
    if (key === null) return fail({ kind: 'no-key' });
    const tested = await testKey(key.value);
    // Assembly may have taken a refused key back; what waited for that goes on.
    if (tested.ok) void trustKeyAgain();
    return tested;
  },
  'key.remove': async () => {
    await removeKey();
    return ok(null);
  },
  'data.eraseEverything': async () => {
    cancelCapture();
    endAllBegun();
    await captureEnd();
    await eraseEverything();
    void runOutbox();
    for (const about of ['erased', 'draft', 'outbox', 'settings'] as const) announceChange({ about });
    return ok(null);
  },
} satisfies Partial<Handlers>;
