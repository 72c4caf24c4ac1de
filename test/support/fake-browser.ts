import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import {
  messages as contract,
  envelopeSchema,
  type MessageInput,
  type MessageName,
  type MessageOutput,
} from '../../src/contract/messages.ts';
import type { Result } from '../../src/core/result.ts';

// The browser as the extension's pages see it, in memory. Importing this file puts it in place, so it comes before
// any code of src; each test file has its own. It does what the browser does; what the worker would answer, a test
// says by `onMessage`.

type Answers = {
  [Name in MessageName]?: (
    input: MessageInput<Name>,
  ) => Result<MessageOutput<Name>> | Promise<Result<MessageOutput<Name>>>;
};

const extensionUrl = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop/';
const noReceiver = 'Could not establish connection. Receiving end does not exist.';

/** What `storage.local` holds; the named items are those that tests look at. */
type Items = { apiKey?: unknown; settings?: unknown } & Record<string, unknown>;

let stored: Items = {};
let answers: Answers = {};
let hasHostAccess = true;
let isDiskFull = false;
const permissionListeners = { onAdded: new Set<() => void>(), onRemoved: new Set<() => void>() };

/** What a test sets up and looks at. */
export const fakeBrowser = {
  /** Every message that was sent, in order. */
  sent: [] as { name: string; input: unknown }[],
  /** The addresses of the tabs that were opened. */
  openedTabs: [] as string[],
  commands: [] as { name: string; description?: string; shortcut: string }[],
  /** What the person says when the browser asks for access to a site. */
  personAllowsAccess: true,
  /** A copy of all that is in `storage.local`. */
  stored: () => structuredClone(stored),
  store(items: Record<string, unknown>) {
    stored = { ...stored, ...structuredClone(items) };
  },
  clearStorage() {
    stored = {};
  },
  fillDisk() {
    isDiskFull = true;
  },
  emptyDisk() {
    isDiskFull = false;
  },
  onMessage(more: Answers) {
    answers = { ...answers, ...more };
  },
  setHostAccess(allowed: boolean) {
    hasHostAccess = allowed;
    for (const listener of permissionListeners[allowed ? 'onAdded' : 'onRemoved']) listener();
  },
  /** A new profile, for the next test. */
  reset() {
    stored = {};
    answers = {};
    hasHostAccess = true;
    isDiskFull = false;
    Object.assign(fakeBrowser, { sent: [], openedTabs: [], commands: [], personAllowsAccess: true });
  },
};

const permissionEvent = (name: keyof typeof permissionListeners) => ({
  addListener: (listener: () => void) => void permissionListeners[name].add(listener),
  removeListener: (listener: () => void) => void permissionListeners[name].delete(listener),
});

/** `$1` to `$9` are replaced and `$$` is a dollar sign; an unknown name gives an empty text. */
function getMessage(name: string, substitutions: string[] = []): string {
  const message = Object.hasOwn(messages, name) ? messages[name as keyof typeof messages].message : '';
  return message.replace(/\$(\d|\$)/g, (_, mark: string) =>
    mark === '$' ? '$' : (substitutions[Number(mark) - 1] ?? ''),
  );
}

/** As the worker does, nothing is answered that is not in the contract. */
async function sendMessage(message: unknown): Promise<unknown> {
  const { name, input } = envelopeSchema.parse(structuredClone(message));
  if (!isMessageName(name) || !contract[name].input.safeParse(input).success) {
    return { ok: false, failure: { kind: 'bad-message' } };
  }
  fakeBrowser.sent.push({ name, input });
  const answer = answers[name] as ((input: unknown) => unknown) | undefined;
  if (!answer) throw new Error(noReceiver);
  return structuredClone(await answer(input));
}

function isMessageName(name: string): name is MessageName {
  return Object.hasOwn(contract, name);
}

async function write(items: Record<string, unknown>): Promise<void> {
  if (isDiskFull) throw new Error('IO error: .../LOG: No space left on device');
  stored = { ...stored, ...structuredClone(items) };
}

const browser = {
  i18n: { getMessage },
  runtime: {
    id: new URL(extensionUrl).host,
    getURL: (path: string) => `${extensionUrl}${path}`,
    getManifest: () => ({ version: '0.1.0' }),
    sendMessage,
    openOptionsPage: async () => {
      fakeBrowser.openedTabs.push(`${extensionUrl}src/options/options.html`);
    },
  },
  storage: {
    local: {
      get: async (key: string) => structuredClone(key in stored ? { [key]: stored[key] } : {}),
      set: write,
      setAccessLevel: async () => {},
    },
  },
  permissions: {
    contains: async () => hasHostAccess,
    request: async () => {
      if (fakeBrowser.personAllowsAccess) fakeBrowser.setHostAccess(true);
      return fakeBrowser.personAllowsAccess;
    },
    onAdded: permissionEvent('onAdded'),
    onRemoved: permissionEvent('onRemoved'),
  },
  commands: { getAll: async () => structuredClone(fakeBrowser.commands) },
  tabs: {
    create: async ({ url }: { url: string }) => {
      fakeBrowser.openedTabs.push(url);
    },
  },
};

// With an id in both places webextension-polyfill takes `browser` as it is.
Object.assign(globalThis, { browser, chrome: browser });
