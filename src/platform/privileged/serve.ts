import type { Sender } from '../../contract/caller.ts';
import { browser } from '../browser.ts';
import { type Handlers, routeMessage } from './route-message.ts';

/** Registers the only message listener. Synchronous: a worker that starts for a message must have it at once. */
export function serve(handlers: Handlers): void {
  const extension = { id: browser.runtime.id, baseUrl: browser.runtime.getURL('') };
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender) =>
    routeMessage(handlers, extension, message, sender),
  );
}
