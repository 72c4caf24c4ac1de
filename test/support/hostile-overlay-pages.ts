import type { ExtraPage } from '../../tools/sample-site/start-sample-site.ts';

/**
 * What a page does against the overlay, and what then becomes of the overlay: it `works` for the person all the same;
 * it is `given up` by itself; or it `takes nothing`, however often the person clicks and presses Enter.
 */
export interface HostilePage {
  does: string;
  so: 'works' | 'given up' | 'takes nothing';
  /** Runs as the page loads. */
  before?: string;
  /** Runs as soon as the page sees the overlay's host, which is `host`. */
  attack?: string;
  /** Whether it is about how the overlay looks. */
  isAboutLooks?: true;
}

// `every` repeats each millisecond, `soon` after what the browser does next.
const cover = (style: string) =>
  `const cover = document.createElement('div'); cover.popover = 'manual'; cover.id = 'cover';
   cover.style.cssText = 'position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; ${style}';
   document.body.append(cover);`;

export const hostilePages: readonly HostilePage[] = [
  // Removed, moved, closed
  { does: 'removes it once', so: 'works', attack: 'soon(() => host.remove())' },
  { does: 'removes it every millisecond', so: 'given up', attack: 'every(() => host.remove())' },
  {
    does: 'removes it in the same moment that it is put back',
    so: 'given up',
    attack: `new Observer(() => host.remove()).observe(document.documentElement, { childList: true }); host.remove();`,
  },
  {
    does: 'moves it into a hidden part, again and again',
    so: 'given up',
    before: `document.body.insertAdjacentHTML('beforeend', '<div id="hidden" style="display: none"></div>');`,
    attack: `every(() => host.parentNode.id === 'hidden' || document.getElementById('hidden').append(host))`,
  },
  { does: 'closes its popover once', so: 'works', attack: 'soon(() => host.hidePopover())' },
  {
    does: 'closes its popover whenever it opens',
    so: 'given up',
    attack: `host.addEventListener('toggle', () => host.hidePopover()); host.hidePopover();`,
  },
  {
    does: 'changes its attributes once',
    isAboutLooks: true,
    so: 'works',
    attack: `soon(() => { host.style.cssText = 'display: none !important; opacity: 0 !important'; host.hidden = true;
      host.inert = true; host.ariaHidden = 'true'; host.className = 'away'; })`,
  },
  {
    does: 'takes its popover attribute away, again and again',
    so: 'given up',
    attack: `every(() => host.removeAttribute('popover'))`,
  },
  {
    does: 'puts a copy in its place, again and again',
    so: 'given up',
    attack: `every(() => { if (!host.isConnected) return; const copy = host.cloneNode(true); host.replaceWith(copy); copy.showPopover(); })`,
  },
  {
    does: 'gives its name a class that asks for its shadow tree and removes it',
    so: 'given up',
    attack: `customElements.define(host.localName, class extends HTMLElement {
      constructor() { super(); if (this.attachInternals().shadowRoot) leaks.push('shadow tree by a class'); }
      connectedCallback() { this.remove(); }
    }); every(() => host.remove());`,
  },
  {
    does: 'writes itself anew',
    so: 'given up',
    attack: `soon(() => { document.open(); document.write('<title>New</title><p>New'); document.close(); })`,
  },
  {
    does: 'replaces its root',
    so: 'given up',
    attack: `soon(() => document.documentElement.replaceWith(document.createElement('html')))`,
  },
  // Covered, dimmed
  {
    does: 'covers it by the highest z-index',
    isAboutLooks: true,
    so: 'works',
    attack: `document.body.insertAdjacentHTML('beforeend',
      '<div style="position: fixed; inset: 0; background: red; z-index: 2147483647"></div>');`,
  },
  {
    does: 'opens a modal dialog over it',
    so: 'works',
    attack: `const dialog = document.createElement('dialog'); document.body.append(dialog); soon(() => dialog.showModal());`,
  },
  {
    does: 'opens modal dialogs over it all the time',
    so: 'takes nothing',
    attack: `setInterval(() => { const dialog = document.createElement('dialog'); document.body.append(dialog);
      dialog.style.cssText = 'width: 100vw; height: 100vh; max-width: none; max-height: none'; dialog.showModal(); }, 200)`,
  },
  {
    does: 'covers it by a nearly transparent popover once',
    so: 'works',
    attack: `${cover('opacity: .01')} soon(() => cover.showPopover());`,
  },
  {
    does: 'covers it by a popover again and again',
    so: 'given up',
    attack: `${cover('opacity: .01')} setInterval(() => { cover.hidePopover(); cover.showPopover(); }, 50);`,
  },
  {
    does: 'covers it by a popover that lets every click through',
    so: 'given up',
    attack: `${cover('background: white; pointer-events: none')} setInterval(() => { cover.hidePopover(); cover.showPopover(); }, 50);`,
  },
  {
    does: 'covers it by a popover in a shadow tree',
    so: 'given up',
    attack: `const holder = document.createElement('div'); document.body.append(holder);
      const inner = holder.attachShadow({ mode: 'closed' });
      inner.innerHTML = '<div popover="manual" style="position: fixed; inset: 0; width: 100vw; height: 100vh"></div>';
      setInterval(() => { inner.firstChild.hidePopover(); inner.firstChild.showPopover(); }, 50);`,
  },
  {
    does: 'flashes a cover for a moment now and then',
    so: 'takes nothing',
    attack: `${cover('background: white')} setInterval(() => { cover.showPopover(); setTimeout(() => cover.hidePopover(), 150); }, 400);`,
  },
  {
    does: 'dims, filters, clips, masks, shifts and shrinks all around it',
    isAboutLooks: true,
    so: 'works',
    attack: `document.documentElement.style.cssText = 'opacity: .01; filter: blur(20px) brightness(0); clip-path: circle(1px);' +
      'mask: linear-gradient(transparent, transparent); transform: translateX(5000px) scale(.01); perspective: 1px;' +
      'visibility: hidden; mix-blend-mode: difference; position: fixed; width: 1px; height: 1px; overflow: clip; contain: strict';
      document.body.style.cssText = 'opacity: 0; visibility: hidden; transform: scale(0)';`,
  },
  { does: 'is not displayed', so: 'given up', attack: `document.documentElement.style.display = 'none'` },
  {
    does: 'skips its contents',
    so: 'given up',
    attack: `document.documentElement.style.contentVisibility = 'hidden'`,
  },
  { does: 'is inert', so: 'given up', attack: `document.documentElement.inert = true` },
  {
    does: 'is inert by style',
    so: 'given up',
    attack: `document.documentElement.style.interactivity = 'inert'`,
  },
  {
    does: 'zooms all to nothing',
    isAboutLooks: true,
    so: 'works',
    attack: `document.documentElement.style.zoom = '0.02'`,
  },
  {
    does: 'zooms in and out all the time',
    so: 'takes nothing',
    attack: `let at = 0; every(() => { document.documentElement.style.zoom = String(1 + (at = (at + 1) % 7)) })`,
  },
  {
    does: 'styles everything away',
    isAboutLooks: true,
    so: 'works',
    attack: `const sheet = new CSSStyleSheet(); sheet.replaceSync(\`
      *:not(html, body, head) { display: none !important; opacity: 0 !important; visibility: hidden !important; pointer-events: none !important;
        transform: scale(0) !important; clip-path: circle(0) !important; animation: go 1s infinite !important; transition: all 1000s !important }
      * { --surface: red !important; --text: red !important; --accent: red !important }
      *::backdrop { background: black !important; z-index: 9999 !important } [popover], :host { inset: 100% !important; width: 0 !important }
      @keyframes go { to { opacity: 0; translate: 9000px } } @font-face { font-family: system-ui; src: url(none) }\`);
      document.adoptedStyleSheets = [sheet];
      host.animate([{ opacity: 0, transform: 'scale(0)', display: 'none' }], { duration: 1e7, fill: 'both' });`,
  },
  {
    does: 'hides it behind transitions of the view',
    so: 'takes nothing',
    attack: `const style = document.createElement('style'); style.textContent = '::view-transition-group(*) { animation-duration: 5s }';
      document.head.append(style); const go = () => document.startViewTransition(() => {}).finished.then(go, go); go();`,
  },
  // Faked and spied on
  {
    does: 'makes up presses, keys and clicks',
    so: 'works',
    attack: `const makeUp = (name, type, init) => { const event = new window[name](type, { bubbles: true, cancelable: true, composed: true,
        clientX: innerWidth / 2, clientY: innerHeight - 40, pointerId: 1, isPrimary: true, detail: 1, ...init });
        try { Object.defineProperty(event, 'isTrusted', { value: true }) } catch {}
        for (const target of [host, window, document]) target.dispatchEvent(event); };
      const kinds = [];
      for (const key of ['Enter', 'ArrowRight', 'Tab', ' ']) for (const type of ['keydown', 'keypress', 'keyup']) kinds.push(['KeyboardEvent', type, { key, code: key }]);
      for (const type of ['pointerdown', 'pointermove', 'pointerup']) kinds.push(['PointerEvent', type, {}], ['PointerEvent', type, { clientX: 300, clientY: 200 }]);
      for (const type of ['mousedown', 'mouseup', 'click']) kinds.push(['MouseEvent', type, {}]);
      let turn = 0; every(() => { makeUp(...kinds[turn = (turn + 1) % kinds.length]); host.click(); host.focus(); });`,
  },
  {
    does: 'holds back every event at the window',
    so: 'takes nothing',
    before: `for (const type of ['keydown', 'keyup', 'keypress', 'pointerdown', 'pointerup', 'pointermove', 'mousedown', 'mouseup', 'click', 'wheel'])
      window.addEventListener(type, event => { event.stopImmediatePropagation(); event.preventDefault(); }, true);`,
  },
  {
    does: 'listens to keys at every place but the window',
    so: 'works',
    before: `for (const place of [document, document.documentElement, document.body]) for (const type of ['keydown', 'keyup', 'keypress', 'pointerdown', 'click'])
      place.addEventListener(type, event => leaks.push(type), true);`,
  },
  {
    does: 'takes the focus every millisecond',
    so: 'takes nothing',
    attack: `every(() => document.getElementById('field').focus())`,
  },
  {
    does: 'takes the focus once',
    so: 'works',
    attack: `soon(() => document.getElementById('field').focus())`,
  },
  {
    does: 'catches the pointer',
    so: 'works',
    before: `window.addEventListener('pointerdown', event => document.documentElement.setPointerCapture(event.pointerId), true);
      window.addEventListener('pointermove', event => { if (event.buttons) document.body.setPointerCapture(event.pointerId) }, true);`,
  },
  { does: 'prints itself', so: 'given up', attack: `setTimeout(() => print(), 300)` },
  // Patched, clobbered, flooded
  {
    does: 'has patched everything that an overlay could use',
    so: 'works',
    before: `const no = () => { throw new Error('patched') };
      for (const [object, names] of [[Element.prototype, 'attachShadow getBoundingClientRect append remove setAttribute matches checkVisibility scrollBy getAttribute'],
        [HTMLElement.prototype, 'showPopover hidePopover focus click'], [Document.prototype, 'createElement createElementNS elementsFromPoint elementFromPoint'],
        [EventTarget.prototype, 'addEventListener removeEventListener dispatchEvent'], [Event.prototype, 'stopImmediatePropagation preventDefault composedPath'],
        [Array.prototype, 'push map filter find some every flatMap forEach'], [Promise.prototype, 'then catch'], [Node.prototype, 'getRootNode appendChild contains'],
        [window, 'requestAnimationFrame setTimeout getComputedStyle MutationObserver IntersectionObserver AbortController CSSStyleSheet'], [JSON, 'stringify parse'],
        [CSSStyleSheet.prototype, 'replaceSync'], [crypto, 'getRandomValues'], [performance, 'now']])
        for (const name of names.split(' ')) object[name] = no;
      Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', { set: no }); Object.defineProperty(Event.prototype, 'target', { get: () => document.body });`,
  },
  {
    does: 'has polluted the prototype of all objects',
    so: 'works',
    before: `for (const name of ['kind', 'nonce', 'outcome', 'x', 'y', 'rect', 'capture', 'once', 'signal', 'passive', 'mode', 'get', 'value', 'isTrusted', 'toJSON'])
      try { Object.prototype[name] = 'polluted' } catch {}`,
  },
  {
    does: 'has names for everything that a document has',
    so: 'works',
    before: `document.body.insertAdjacentHTML('beforeend', ['documentElement', 'body', 'createElement', 'createElementNS', 'elementsFromPoint', 'activeElement',
      'scrollingElement', 'querySelectorAll', 'addEventListener', 'visibilityState', 'fullscreenElement', 'captureForAssembly', 'chrome']
      .map(name => '<form name="' + name + '" id="' + name + '"><input name="parentNode"><input name="remove"></form>').join(''));`,
  },
  {
    does: 'changes its markup every millisecond',
    so: 'works',
    attack: `every(() => { for (let n = 0; n < 20; n += 1) { const one = document.createElement('i'); document.body.append(one);
      document.body.className = 'c' + n; one.remove(); } })`,
  },
  {
    does: 'puts elements beside it every millisecond',
    so: 'works',
    attack: `every(() => { const one = document.createElement('i'); document.documentElement.append(one); setTimeout(() => one.remove(), 50); })`,
  },
  {
    does: 'lays itself out anew in every frame',
    so: 'works',
    before: `document.body.insertAdjacentHTML('beforeend', '<i>word </i>'.repeat(3000)); let wide = 0;
      (function again() { document.body.style.width = 500 + (wide = (wide + 1) % 100) + 'px'; document.body.offsetHeight; requestAnimationFrame(again); })();`,
  },
];

/** The pages by path: `/0`, `/1` … in the order of the list. */
export const served: Readonly<Record<string, ExtraPage>> = Object.fromEntries(
  hostilePages.map((page, index) => [`/${index}`, { body: bodyOf(page) }]),
);

/** Finds the overlay as a page can, lets the attack loose on it, and looks for anything that can be read of it. */
function bodyOf({ before = '', attack = '' }: HostilePage): string {
  return `<!doctype html><title>Hostile</title><body><p>Some of the page's own</p><input id="field"><script>
    const leaks = [], Observer = MutationObserver, later = setTimeout, listen = addEventListener, names = Object.getOwnPropertyNames;
    const push = [].push, isOurs = element => element.localName.includes('-');
    function soon(act) { later(act, 200) }
    function every(act) { setInterval(act, 1) }
    function meet(host) { later(() => look(host), 700); ${attack} }
    function look(host) {
      const saw = what => push.call(leaks, what);
      if (host.shadowRoot) saw('shadow tree');
      try { host.attachShadow({ mode: 'open' }); saw('a shadow tree of its own') } catch {}
      try { if (host.attachInternals().shadowRoot) saw('internals') } catch {}
      if (host.textContent + host.innerText + host.innerHTML + host.getHTML({ serializableShadowRoots: true })) saw('content');
      if (host.getAnimations({ subtree: true }).some(({ effect }) => effect.target !== host)) saw('animations');
      for (const words of ['Take it', 'Leave', 'Drag over', 'Pick a', ' × ']) if (find(words)) saw('found ' + words);
      document.execCommand('selectAll');
      if (/Take|Leave|Drag/.test(String(getSelection()))) saw('selected');
      getSelection().removeAllRanges();
      for (const element of document.elementsFromPoint(innerWidth / 2, innerHeight - 40))
        if (element !== host && isOurs(element)) saw('an inner element');
    }
    new Observer((records, self) => {
      for (const child of document.documentElement.children) if (isOurs(child)) { self.disconnect(); meet(child); break }
    }).observe(document.documentElement, { childList: true });
    ${before}
    const known = names(window);
    function report() {
      const keys = [], has = (list, name) => { for (let n = 0; n < list.length; n += 1) if (list[n] === name) return true; return false };
      // The driver of the browser leaves names of its own.
      const ofTheTest = name => name.includes('puppeteer') || name.startsWith('__aria');
      const now = names(window);
      for (let n = 0; n < now.length; n += 1) if (!has(known, now[n]) && !ofTheTest(now[n])) keys[keys.length] = now[n];
      const once = [];
      for (let n = 0; n < leaks.length; n += 1) if (!has(once, leaks[n])) once[once.length] = leaks[n];
      return { leaks: once, keys };
    }
  </script>`;
}
