import type { Handlers } from '../platform/privileged/route-message.ts';
import type { SelectionReader } from '../platform/privileged/selection-reader.ts';
import type { CaptureFlow } from './capture-flow.ts';
import { attachmentHandlers } from './handlers/attachment-handlers.ts';
import { captureHandlers } from './handlers/capture-handlers.ts';
import { draftHandlers } from './handlers/draft-handlers.ts';
import { outboxHandlers } from './handlers/outbox-handlers.ts';
import { peopleHandlers } from './handlers/people-handlers.ts';
import { recipeHandlers } from './handlers/recipe-handlers.ts';
import { settingsHandlers } from './handlers/settings-handlers.ts';

/** What the extension's pages may ask for, each message in a few lines; the work is done elsewhere. */
export function createHandlers(flow: CaptureFlow, selectionReader: SelectionReader): Handlers {
  return {
    ...draftHandlers(flow),
    ...captureHandlers(flow, selectionReader),
    ...attachmentHandlers,
    ...outboxHandlers,
    ...peopleHandlers,
    ...recipeHandlers,
    ...settingsHandlers,
  };
}
