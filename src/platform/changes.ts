/** What changed in the stores; the receiver reads again what it shows. */
export interface Change {
  about: 'draft' | 'outbox' | 'capture' | 'settings';
}

// Extension pages and the worker share this channel; pages of the web and content scripts have another origin.
const channelName = 'capture-changes';

export function announceChange(change: Change): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(change);
  channel.close();
}

/** Calls `listener` for each change that another context announces; answers the function that stops it. */
export function onChange(listener: (change: Change) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (event: MessageEvent<Change>) => listener(event.data);
  return () => channel.close();
}
