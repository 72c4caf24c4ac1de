import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import {
  messages as contract,
  envelopeSchema,
  type MessageInput,
  type MessageName,
  type MessageOutput,
} from '../../src/contract/messages.ts';
import type { Result } from '../../src/core/result.ts';
import { createAlarms } from './fake-alarms.ts';
import { createEvent } from './fake-event.ts';
import { createStorageArea, type StorageChanges } from './fake-storage-area.ts';

// The browser as the extension's pages and its worker see it, in memory. Importing this file puts it in place, so it comes before
// any code of src; each test file has its own. It does what the browser does; what the worker would answer, a test
// of a page says by `onMessage`, and a test of the worker lets the worker say.

type Answers = {
  [Name in MessageName]?: (
    input: MessageInput<Name>,
  ) => Result<MessageOutput<Name>> | Promise<Result<MessageOutput<Name>>>;
};

const extensionUrl = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop/';
const ownPage = {
  id: new URL(extensionUrl).host,
  origin: extensionUrl.slice(0, -1),
  url: `${extensionUrl}src/popup/popup.html`,
};
const noReceiver = 'Could not establish connection. Receiving end does not exist.';

/** What `storage.local` holds; the named items are those that tests look at. */
type Items = { apiKey?: unknown; settings?: unknown } & Record<string, unknown>;

const onStorageChanged = createEvent<[StorageChanges, string]>();
const local = createStorageArea(changes => void onStorageChanged.fire(changes, 'local'));
const session = createStorageArea(changes => void onStorageChanged.fire(changes, 'session'));
const managed = createStorageArea();
const alarms = createAlarms();
const onMessage = createEvent<[unknown, unknown], Promise<unknown>>();
const permissionEvents = { onAdded: createEvent(), onRemoved: createEvent() };
const otherEvents = {
  onMenuClicked: createEvent(),
  onCommand: createEvent(),
  onInstalled: createEvent(),
  onStartup: createEvent(),
};
let answers: Answers = {};
let hasHostAccess = true;

/** What a test sets up and looks at. */
export const fakeBrowser = {
  /** Every message that was sent, in order. */
  sent: [] as { name: string; input: unknown }[],
  /** The addresses of the tabs that were opened. */
  openedTabs: [] as string[],
  /** The page has closed its own tab. */
  closedItself: false,
  commands: [] as { name: string; description?: string; shortcut: string }[],
  /** What the person says when the browser asks for access to a site. */
  personAllowsAccess: true,
  /** A copy of all that is in `storage.local`. */
  stored: () => local.items() as Items,
  store: local.place,
  /** What the organisation's policy sets. */
  setPolicy: managed.place,
  clearStorage: () => local.reset(),
  fillDisk: () => local.setDiskFull(true),
  emptyDisk: () => local.setDiskFull(false),
  /** What the toolbar button shows. */
  badge: { text: '', colour: '' },
  /** When each alarm will ring, epoch ms. */
  alarms: alarms.due,
  ringAlarm: alarms.ring,
  onMessage(more: Answers) {
    answers = { ...answers, ...more };
  },
  setHostAccess(allowed: boolean) {
    hasHostAccess = allowed;
    permissionEvents[allowed ? 'onAdded' : 'onRemoved'].fire();
  },
  /** The death of the worker, for what the browser holds of it. */
  forgetListeners() {
    const events = [onStorageChanged, alarms.api.onAlarm, onMessage];
    for (const event of [...events, ...Object.values(permissionEvents), ...Object.values(otherEvents)]) {
      event.forgetListeners();
    }
  },
  /** A new profile, for the next test. */
  reset() {
    local.reset();
    session.reset();
    managed.reset();
    alarms.reset();
    answers = {};
    hasHostAccess = true;
    fakeBrowser.badge = { text: '', colour: '' };
    Object.assign(fakeBrowser, {
      sent: [],
      openedTabs: [],
      closedItself: false,
      commands: [],
      personAllowsAccess: true,
    });
  },
};

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
  const [served] = onMessage.fire(message, ownPage);
  if (served) return structuredClone(await served);
  const answer = answers[name] as ((input: unknown) => unknown) | undefined;
  if (!answer) throw new Error(noReceiver);
  return structuredClone(await answer(input));
}

function isMessageName(name: string): name is MessageName {
  return Object.hasOwn(contract, name);
}

const browser = {
  i18n: { getMessage },
  runtime: {
    id: new URL(extensionUrl).host,
    getURL: (path: string) => `${extensionUrl}${path}`,
    getManifest: () => ({ version: '0.1.0' }),
    getPlatformInfo: async () => ({ os: 'linux', arch: 'x86-64' }),
    sendMessage,
    onMessage,
    onInstalled: otherEvents.onInstalled,
    onStartup: otherEvents.onStartup,
    openOptionsPage: async () => {
      fakeBrowser.openedTabs.push(`${extensionUrl}src/options/options.html`);
    },
  },
  storage: {
    local: local.api,
    session: session.api,
    managed: managed.api,
    onChanged: onStorageChanged,
  },
  alarms: alarms.api,
  action: {
    setBadgeText: async ({ text }: { text: string }) => void Object.assign(fakeBrowser.badge, { text }),
    setBadgeBackgroundColor: async ({ color }: { color: string }) =>
      void Object.assign(fakeBrowser.badge, { colour: color }),
    setBadgeTextColor: async () => {},
  },
  contextMenus: { onClicked: otherEvents.onMenuClicked },
  permissions: {
    contains: async () => hasHostAccess,
    request: async () => {
      if (fakeBrowser.personAllowsAccess) fakeBrowser.setHostAccess(true);
      return fakeBrowser.personAllowsAccess;
    },
    ...permissionEvents,
  },
  commands: {
    getAll: async () => structuredClone(fakeBrowser.commands),
    onCommand: otherEvents.onCommand,
  },
  tabs: {
    create: async ({ url }: { url: string }) => {
      fakeBrowser.openedTabs.push(url);
    },
    getCurrent: async () => ({ id: 1 }),
    remove: async () => {
      fakeBrowser.closedItself = true;
    },
  },
};

// With an id in both places webextension-polyfill takes `browser` as it is.
Object.assign(globalThis, { browser, chrome: browser });
