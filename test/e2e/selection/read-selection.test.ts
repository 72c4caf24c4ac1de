import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passageLink } from '../../../src/core/page-link.ts';
import { selectionLimitCharacters } from '../../../src/core/quote/selection-tree.ts';
import { article, articleQuote } from './article-page.ts';
import { type ReadingBrowser, startReadingBrowser } from './reading-browser.ts';
import { quoted, selectBetween, selectContents, selectField } from './select-in-page.ts';

let browser: ReadingBrowser;
beforeAll(async () => {
  browser = await startReadingBrowser();
}, 60_000);
afterAll(() => browser?.close());

describe('an article', () => {
  it('is quoted with its structure', async () => {
    const page = await browser.open({ html: article });
    await selectContents(page, 'article');
    const selection = await browser.read(page);
    expect(quoted(selection)).toBe(articleQuote(new URL(page.url()).origin));
    expect(selection).toMatchObject({ cut: null });
  });

  it.each([
    ['within a paragraph, as inline content', ['#first', 0, 2], ['#first b', 0, 3], 'llo **bol**'],
    ['within a heading, without its mark', ['h1', 0, 0], ['h1', 0, 5], 'Title'],
    ['within a link, as a link', ['#first a', 0, 2], ['#first a', 0, 6], '[link](/x?a=1)'],
    ['within a code block, as one', ['code', 0, 4], ['code', 0, 16], '```js\nx = 1;\n  foo\n```'],
    ['within a cell, as inline content', ['#last', 0, 0], ['#last', 0, 1], '2'],
    [
      'from the middle of an item to the middle of a table',
      ['#third', 0, 6],
      ['td', 0, 1],
      '3. item\n\n```js\nlet x = 1;\n  foo();\n```\n\n| H1 | H2 |\n| - | - |\n| a | |',
    ],
    [
      'from the middle of a row, in its columns',
      ['td + td', 0, 2],
      ['#last', 0, 1],
      '| | |\n| - | - |\n| | c |\n| 1 | 2 |',
    ],
    ['up to the start of the next block, as by a triple click', ['h1', 0, 0], ['#first', 0, 0], '# Title'],
  ] as const)('is quoted %s', async (_what, start, end, expected) => {
    const page = await browser.open({ html: article });
    await selectBetween(page, start, end);
    const quote = quoted(await browser.read(page));
    expect(quote.replace(new URL(page.url()).origin, '')).toBe(expected);
  });

  it('is read only when something is selected', async () => {
    const page = await browser.open({ html: article });
    expect(await browser.read(page)).toMatchObject({
      text: '',
      tree: null,
      textFragment: null,
    });
  });

  it('is left as it was, selection too, and gets one message per call', async () => {
    const page = await browser.open({ html: article });
    await selectBetween(page, ['#first', 0, 2], ['#third', 0, 3]);
    const state = () =>
      page.evaluate(() => {
        const range = getSelection()?.getRangeAt(0);
        return [
          document.documentElement.outerHTML,
          range?.startOffset,
          range?.endOffset,
          String(getSelection()),
        ];
      });
    const before = await state();
    const { message, messageCount } = await browser.readRaw(page);
    expect(await state()).toEqual(before);
    expect(messageCount).toBe(1);
    expect(message).toMatchObject({ name: 'selection.deliver', input: { nonce: 'nonce-1' } });
    expect(await page.evaluate(() => 'captureForAssembly' in globalThis)).toBe(false);
  });

  it('has a link that Chromium follows to the passage', async () => {
    const html = `${'<p>Filler that is long enough.</p>'.repeat(200)}<p id="it">The (one) passage, with a dash - here.</p>`;
    const page = await browser.open({ html });
    await selectBetween(page, ['#it', 0, 4], ['#it', 0, 30]);
    const { textFragment } = await browser.read(page);
    expect(textFragment).toMatch(/^text=/);
    const other = await page.browser().newPage();
    await other.goto(passageLink(page.url(), textFragment) ?? '');
    await other.waitForFunction(() => window.scrollY > 1_000);
    await other.close();
  });
});

describe('a text field', () => {
  const html = `<textarea>one\n  two</textarea><input id="text" value="plain text">
    <input class="secret" type="password" value="hunter2"><input class="secret" type="email" value="me@x.example">
    <input class="secret" autocomplete="one-time-code" value="123456"><input class="secret" autocomplete="section-a cc-number" value="4111">
    <input class="secret" style="-webkit-text-security:disc" value="dots"><div contenteditable>edit <b>me</b></div>`;

  it.each([
    ['textarea', 'one\n  two'],
    ['#text', 'plain text'],
  ])('%s is read as text', async (selector, text) => {
    const page = await browser.open({ html });
    await selectField(page, selector);
    expect(await browser.read(page)).toMatchObject({ text, tree: null, textFragment: null });
  });

  it('of any secret kind is left alone', async () => {
    const page = await browser.open({ html });
    for (const field of await page.$$('.secret')) {
      await field.evaluate(element => {
        (element as HTMLInputElement).focus();
        (element as HTMLInputElement).select();
      });
      expect(await browser.read(page)).toMatchObject({ text: '', tree: null });
    }
    await selectContents(page, 'body');
    expect((await browser.read(page)).text).toBe('edit me');
  });

  it('that is editable content keeps its structure', async () => {
    const page = await browser.open({ html });
    await selectContents(page, '[contenteditable]');
    const selection = await browser.read(page);
    expect(quoted(selection)).toBe('edit **me**');
  });

  it('in a closed shadow tree is read', async () => {
    const page = await browser.open({ html: '<div></div>' });
    await page.evaluate(() => {
      const field = document.createElement('textarea');
      field.value = 'inside';
      document.querySelector('div')?.attachShadow({ mode: 'closed' }).append(field);
      field.select();
    });
    expect(await browser.read(page)).toMatchObject({ text: 'inside' });
  });
});

describe('shadow trees', () => {
  const html = `<p id="before">before</p><div id="host"><em>slotted</em> words</div><p>after</p><script>
    const open = host.attachShadow({ mode: 'open' });
    open.innerHTML = '<h2>Open</h2><p>in <b>open</b> tree</p><slot></slot><div></div>';
    const closed = open.querySelector('div').attachShadow({ mode: 'closed' });
    closed.innerHTML = '<p>in closed tree</p>';
    const all = { before, slotted: host.firstChild, open: open.querySelector('p'), closed: closed.querySelector('p') };
    globalThis.select = (start, from, end, to) => getSelection().setBaseAndExtent(all[start].firstChild, from, all[end].firstChild, to);
  </script>`;

  it.each([
    ['around them', ['before', 0, 'before', 6], 'before'],
    ['in an open one', ['open', 1, 'open', 2], 'n'],
    ['in a closed one', ['closed', 3, 'closed', 9], 'closed'],
    ['from one to the other', ['open', 0, 'closed', 9], 'in **open** tree\n\n_slotted_ words\n\nin closed'],
    [
      'from outside to the inside',
      ['before', 3, 'closed', 2],
      'ore\n\n## Open\n\nin **open** tree\n\n_slotted_ words\n\nin',
    ],
    ['up to a slotted text', ['before', 3, 'slotted', 4], 'ore\n\n## Open\n\nin **open** tree\n\n_slot_'],
  ] as const)('are read %s', async (_what, ends, expected) => {
    const page = await browser.open({ html });
    await page.evaluate(
      ([start, from, end, to]) => Reflect.get(globalThis, 'select')(start, from, end, to),
      ends,
    );
    expect(quoted(await browser.read(page))).toBe(expected);
  });
});

describe('frames', () => {
  const html = '<p>top</p><iframe src="/1"></iframe><iframe sandbox srcdoc="<p>sandboxed</p>"></iframe>';
  const frame = { html: '<p>in <a href="/q">a frame</a></p><textarea>field</textarea>' };

  it('of the same origin are read when they hold the only selection', async () => {
    const page = await browser.open({ html }, frame);
    const inner = page.frames().find(found => found.url().endsWith('/1'));
    await inner?.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('p') ?? document));
    const selection = await browser.read(page);
    expect(selection.text).toBe('in a frame');
    expect(selection.textFragment).toBeNull();
    await selectContents(page, 'p');
    expect((await browser.read(page)).text).toBe('top');
    await inner?.evaluate(() => document.querySelector('textarea')?.select());
    expect(await browser.read(page)).toMatchObject({ text: 'field' });
  });

  it('of another origin are left alone', async () => {
    const page = await browser.open({ html });
    const sandboxed = page.frames().find(found => found.url() === 'about:srcdoc');
    await sandboxed?.evaluate(() => getSelection()?.selectAllChildren(document.body));
    expect((await browser.read(page)).text).toBe('');
  });
});

describe('a difficult page', () => {
  it.each([
    ['enforces Trusted Types', "require-trusted-types-for 'script'; trusted-types 'none'"],
    ['allows nothing', "default-src 'none'; sandbox"],
  ])('that %s is read', async (_what, policy) => {
    const page = await browser.open({ html: article, headers: { 'content-security-policy': policy } });
    await selectContents(page, 'h1');
    expect((await browser.read(page)).text).toBe('Title');
  });

  it('that clobbers its own DOM is read', async () => {
    const names = [
      'parentNode',
      'childNodes',
      'firstChild',
      'nextSibling',
      'nodeType',
      'localName',
      'ownerDocument',
      'shadowRoot',
    ];
    const page = await browser.open({
      html: `<form name="body">${names.map(name => `<input name="${name}">`).join('')}<p>in the form</p></form>
        <img name="getSelection"><img name="documentElement"><img name="activeElement"><p id="getComputedStyle">after</p>`,
    });
    await page.evaluate(() =>
      window.getSelection()?.selectAllChildren(document.getElementsByTagName('html')[0] as Node),
    );
    expect((await browser.read(page)).text).toBe('in the form\n\nafter');
  });

  it('with right-to-left text, emoji and hidden direction marks is read clean', async () => {
    const page = await browser.open({
      html: '<p dir="rtl">שלום <b>עולם</b> 👩‍👩‍👧‍👦 می‌خواهم</p><p>a\u202eb\u2066c\u200b</p>',
    });
    await selectContents(page, 'body');
    expect((await browser.read(page)).text).toBe('שלום עולם 👩‍👩‍👧‍👦 می‌خواهم\n\nabc');
  });

  it('nested very deep is read', async () => {
    const page = await browser.open({ html: '<main></main>' });
    await page.evaluate(() => {
      let parent: Element = document.querySelector('main') ?? document.body;
      for (let depth = 0; depth < 400; depth += 1) {
        const child = document.createElement(['blockquote', 'ul', 'li', 'em', 'div'][depth % 5] ?? 'div');
        parent.append(child);
        parent = child;
      }
      parent.append('deep');
    });
    await selectContents(page, 'body');
    expect((await browser.read(page)).text).toBe('deep');
  });

  it.each([
    ['one text', '<p>'.concat('word '.repeat(1_040_000))],
    [
      'many elements',
      '<p>word <b>bold</b> <a href="/x">link</a> and some more words to read</p>'.repeat(25_000),
    ],
    ['a code block', `<pre>${`${'x'.repeat(80)}\n`.repeat(60_000)}`],
  ])(
    'of megabytes in %s is cut, quickly',
    async (_what, html) => {
      const page = await browser.open({ html });
      await selectContents(page, 'body');
      const selection = await browser.read(page);
      expect(selection.text.length).toBeLessThanOrEqual(selectionLimitCharacters);
      expect(selection.text.length).toBeGreaterThan(selectionLimitCharacters * 0.9);
      expect(selection.cut?.keptCharacters).toBe(selection.text.length);
      expect(selection.cut?.totalCharacters).toBeGreaterThan(1_000_000);
      // The best of three: other tests use the machine too.
      const durations = [
        await browser.readRaw(page),
        await browser.readRaw(page),
        await browser.readRaw(page),
      ];
      expect(Math.min(...durations.map(({ durationMs }) => durationMs))).toBeLessThan(200);
    },
    60_000,
  );
});
