import { browser } from './browser.ts';

/** A command of the manifest with the keys that it has now; `keys` is empty while none are set. */
export interface Shortcut {
  command: string;
  /** In the browser's language; empty for the command that opens the popup. */
  description: string;
  keys: string;
}

/** The real bindings: the person may have changed them, or another extension may have been first. */
export async function readShortcuts(): Promise<Shortcut[]> {
  const commands = await browser.commands.getAll();
  return commands.map(({ name, description, shortcut }) => ({
    command: name ?? '',
    description: description ?? '',
    keys: shortcut ?? '',
  }));
}
