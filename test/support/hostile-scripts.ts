// These run in a page, a content script or the worker: each stands for itself and uses nothing of this file.

/** In a page: what could tell it that an extension is there. */
export function traces(): { globals: string[]; dom: boolean; runtime: boolean } {
  const untouched = document.createElement('iframe');
  const sent = new XMLHttpRequest();
  sent.open('GET', location.href, false);
  sent.send();
  const served = new DOMParser().parseFromString(sent.responseText, 'text/html').documentElement.outerHTML;
  const dom = served !== document.documentElement.outerHTML;
  document.body.append(untouched);
  const known = new Set(Object.getOwnPropertyNames(untouched.contentWindow));
  untouched.remove();
  const globals = Object.getOwnPropertyNames(window).filter(name => !known.has(name) && !/^\d+$/.test(name));
  return { globals, dom, runtime: 'runtime' in (window.chrome ?? {}) };
}

/** In a page: which of these addresses it can load, in any way that a page has. */
export async function loadable(urls: string[]): Promise<string[]> {
  const byElement = (element: HTMLImageElement | HTMLScriptElement | HTMLLinkElement) =>
    new Promise<boolean>(resolve => {
      element.onload = () => resolve(true);
      element.onerror = () => resolve(false);
      document.head.append(element);
    });
  const tries = urls.map(async url => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url });
    const loaded = await Promise.all([
      fetch(url, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      ),
      byElement(Object.assign(document.createElement('img'), { src: url })),
      byElement(Object.assign(document.createElement('script'), { src: url })),
      byElement(link),
    ]);
    return loaded.includes(true) ? [url] : [];
  });
  return (await Promise.all(tries)).flat();
}

/** In a page: everything that a page can say to whoever may listen. */
export function bombard(extensionId: string, names: string[]): void {
  const channel = new BroadcastChannel('capture-changes');
  for (const name of names) {
    const envelope = { name, input: {} };
    window.postMessage(envelope, '*');
    window.dispatchEvent(new MessageEvent('message', { data: envelope }));
    document.dispatchEvent(new CustomEvent(name, { detail: envelope }));
    channel.postMessage(envelope);
    try {
      chrome.runtime.sendMessage(extensionId, envelope);
    } catch {
      // There is no `chrome.runtime` in a page.
    }
  }
  for (const about of ['draft', 'outbox', 'capture', 'settings']) channel.postMessage({ about });
  for (const key of ['s', 'e', 'g', 'f']) {
    document.dispatchEvent(
      new KeyboardEvent('keydown', { key, altKey: true, shiftKey: true, bubbles: true }),
    );
  }
  document.body.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true }));
}

/** In a content script: which of the stores answer. */
export async function readStorage(): Promise<string[]> {
  const areas = ['local', 'session', 'sync', 'managed'] as const;
  const open = await Promise.all(
    areas.map(async area => {
      try {
        const items = await chrome.storage[area].get(null);
        return Object.keys(items).length > 0 || area === 'local' || area === 'session' ? [area] : [];
      } catch {
        return [];
      }
    }),
  );
  return open.flat();
}

/** In a content script or a page of ours: the answers to all of these messages, each different one once. */
export async function sendAll(envelopes: unknown[]): Promise<unknown[]> {
  const answers = new Set<string>();
  await Promise.all(
    envelopes.map(async envelope => {
      const answer: unknown = await chrome.runtime.sendMessage(envelope);
      answers.add(JSON.stringify(answer) ?? 'undefined');
    }),
  );
  return [...answers].map(answer => (answer === 'undefined' ? undefined : JSON.parse(answer)));
}

/** In a content script: takes the place of the reader that the worker injects next. */
export function stealNonces(): void {
  const thief = {};
  Object.defineProperty(thief, 'readSelection', {
    get: () => (nonce: string) => document.documentElement.setAttribute('data-stolen', nonce),
    set: () => undefined,
  });
  Object.assign(globalThis, { captureForAssembly: thief });
}

/** In a content script: the nonce that was taken, or an empty text. */
export function stolenNonce(): string {
  return document.documentElement.getAttribute('data-stolen') ?? '';
}

/** In the worker: all that a message could change. */
export async function storedState(): Promise<Record<string, unknown>> {
  const opening = indexedDB.open('capture');
  await new Promise(resolve => {
    opening.onsuccess = resolve;
  });
  const database = opening.result;
  const stores: Record<string, unknown> = {};
  for (const name of database.objectStoreNames) {
    const reading = database.transaction(name).objectStore(name).getAll();
    await new Promise(resolve => {
      reading.onsuccess = resolve;
    });
    stores[name] = reading.result;
  }
  database.close();
  return {
    ...stores,
    local: await chrome.storage.local.get(null),
    sync: await chrome.storage.sync.get(null),
  };
}
