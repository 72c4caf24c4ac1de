/**
 * What the injected files leave behind in their isolated world, for the worker to call through
 * `scripting.executeScript({ func })`. Types only: a content script brings no code from this layer.
 */
export interface ContentEntries {
  /** Reads the selection once and delivers it as `selection.deliver` under this nonce. Never throws. */
  readSelection?: (nonce: string) => void;
}

declare global {
  var captureForAssembly: ContentEntries | undefined;
}
