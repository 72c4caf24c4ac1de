// The worker's table of contents. Every listener is registered here, synchronously, because a worker that was
// started for an event must have its listener at once. Nothing is kept in memory that a restart would miss.

import { browser } from '../platform/browser.ts';
import { announceChange } from '../platform/changes.ts';
import { onHostAccessGranted } from '../platform/host-access.ts';
import { closeStorageToContentScripts } from '../platform/key-entry.ts';
import { onWake } from '../platform/privileged/alarms.ts';
import { onKeyChanged } from '../platform/privileged/key-store.ts';
import { onRetentionChanged } from '../platform/privileged/retention-setting.ts';
import { createSelectionReader } from '../platform/privileged/selection-reader.ts';
import { serve } from '../platform/privileged/serve.ts';
import { createCaptureFlow } from './capture-flow.ts';
import { onCommand, onMenuClick } from './gestures.ts';
import { createHandlers } from './handlers.ts';
import { createMenus } from './menus.ts';
import { retryUnreachable, runOutbox } from './outbox/outbox.ts';

const selectionReader = createSelectionReader();
const captureFlow = createCaptureFlow(selectionReader);

void closeStorageToContentScripts();

serve(createHandlers(captureFlow, selectionReader));

browser.contextMenus.onClicked.addListener((info, tab) => void onMenuClick(captureFlow, info, tab));
browser.commands.onCommand.addListener((command, tab) => void onCommand(command, tab));

browser.runtime.onInstalled.addListener(() => void createMenus());
browser.runtime.onStartup.addListener(() => void createMenus());
onWake(() => void runOutbox());
// Chromium 156 tells pages only, which pass it on (`outbox.networkIsBack`); the standard has it for workers too.
self.addEventListener('online', () => void retryUnreachable());
onKeyChanged(() => {
  announceChange({ about: 'outbox' });
  void runOutbox();
});
onHostAccessGranted(() => void runOutbox());
// The run's end tidies up by the new setting.
onRetentionChanged(() => void runOutbox());

// Whatever woke the worker, it looks at what is stored: another life may have ended in the middle.
void runOutbox();
