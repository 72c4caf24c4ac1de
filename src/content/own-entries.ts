import type { ContentEntries } from '../contract/content-entries.ts';

/**
 * The registry of this isolated world, made when it is not there. An element with this id would answer for it (the
 * window has its elements by name, in isolated worlds too), so only the window's own property counts.
 */
export function ownEntries(): ContentEntries {
  const own = Object.hasOwn(globalThis, 'captureForAssembly') ? globalThis.captureForAssembly : undefined;
  if (own) return own;
  const made: ContentEntries = {};
  globalThis.captureForAssembly = made;
  return made;
}
