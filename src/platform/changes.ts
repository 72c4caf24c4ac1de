import type { CaptureProgress } from '../contract/views.ts';

/**
 * What changed in the stores; the receiver reads again what it shows. Of the outbox that is the newest items and the
 * pending ones: `jobIds` names those that may be neither. Only `progress` says it all: how many of the slices of a
 * capture are taken, or null when none runs any more.
 * `erased`: nothing of what was read before is there; what is there instead is announced after it.
 */
export type Change =
  | { about: 'draft' | 'capture' | 'settings' | 'erased' }
  | { about: 'outbox'; jobIds?: readonly string[] }
  | { about: 'progress'; progress: CaptureProgress | null };

// Extension pages and the worker share this channel; pages of the web and content scripts have another origin.
const channelName = 'capture-changes';

export function announceChange(change: Change): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(change);
  channel.close();
}

export function announceProgress(progress: CaptureProgress | null): void {
  announceChange({ about: 'progress', progress });
}

/** Calls `listener` for each change that another context announces; answers the function that stops it. */
export function onChange(listener: (change: Change) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (event: MessageEvent<Change>) => listener(event.data);
  return () => channel.close();
}
