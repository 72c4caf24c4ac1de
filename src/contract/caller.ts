import type { Caller } from './messages.ts';

/** The parts of `runtime.MessageSender` that the browser itself fills in; a sender cannot forge them. */
export interface Sender {
  id?: string | undefined;
  origin?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  tab?: { id?: number | undefined } | undefined;
  documentId?: string | undefined;
}

/**
 * Who speaks, from what the browser says of the sender and never from the message.
 * `baseUrl` is `chrome-extension://<id>/`. Null: nobody who may call anything.
 */
export function callerOf(sender: Sender, extensionId: string, baseUrl: string): Caller | null {
  if (sender.id !== extensionId) return null;
  const origin = baseUrl.slice(0, -1);
  const isOwnOrigin = sender.origin === origin;
  const isOwnUrl = sender.url?.startsWith(baseUrl) ?? false;
  if (isOwnOrigin && isOwnUrl) return 'page';
  // A content script: it has a tab, runs in its top frame, and its document is not ours.
  if (!isOwnOrigin && !isOwnUrl && sender.tab?.id !== undefined && sender.frameId === 0) return 'content';
  return null;
}
