import type { Rect } from '../../src/core/image/geometry.ts';
import type { SecretKind } from '../../src/core/redaction/secret-kind.ts';
import type { ExtraPage } from '../../tools/sample-site/start-sample-site.ts';
import { fakeKeys } from './fake-secrets.ts';

/** A made-up secret on the page. The element around it, and nothing else, has the attribute `data-p`. */
interface Planting {
  kind: SecretKind;
  value: string;
  html: string;
}

/** What the page tells of each: `boxes` are where its text stands, in CSS px of the window. */
export interface Planted {
  id: number;
  kind: SecretKind;
  value: string;
  boxes: Rect[];
}

declare global {
  interface Window {
    __planted: Omit<Planted, 'boxes'>[];
    __plantedBoxes: () => Planted[];
  }
}

/** The person's own words on the page. */
export const plantedOwnPatterns = ['Project Falcon', 'ACME-####', 'cust_*'];

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const at = (value: string, index: number) => [value.slice(0, index), value.slice(index)] as const;

/** Ways in which a page shows a text. */
const plain = (value: string) => `see <span data-p>${escaped(value)}</span>, please`;
const halves = (value: string) => {
  const [one, other] = at(value, Math.ceil(value.length / 2));
  return `see <span data-p>${escaped(one)}<b>${escaped(other)}</b></span>, please`;
};
const letters = (value: string) =>
  `<span data-p>${Array.from(value, letter => `<i>${escaped(letter)}</i>`).join('')}</span>`;
const row = (value: string) =>
  `<div class="row" data-p>${value
    .split(' ')
    .map(part => `<div>${escaped(part)}</div>`)
    .join('')}</div>`;
const cell = (value: string, name = 'Contact') =>
  `<table><tr><td>${name}<td><span data-p>${escaped(value)}</span><td>Open</table>`;
const input = (value: string, attributes = '') => `<input data-p value="${escaped(value)}" ${attributes}>`;
const textarea = (value: string) => `<textarea data-p rows="1">${escaped(value)}</textarea>`;
const placeholder = (value: string) => `<input data-p placeholder="${escaped(value)}">`;
const editable = (value: string) => `<div contenteditable>To <span data-p>${escaped(value)}</span></div>`;
const button = (value: string) => `<input data-p type="button" value="${escaped(value)}">`;
const select = (value: string) => `<select data-p><option>None<option selected>${escaped(value)}</select>`;
const brokenPicture = (value: string) => `<img data-p alt="${escaped(value)}" src="data:image/png,broken">`;
const svg = (value: string) =>
  `<svg width="280" height="18"><text x="2" y="13"><tspan data-p>${escaped(value)}</tspan></text></svg>`;
const generated = (value: string) => `<span data-p class="generated" data-text="${escaped(value)}"></span>`;
const shadow = (value: string, mode: 'open' | 'closed', html = plain(value)) =>
  `<div data-shadow="${mode}" data-html="${escaped(html)}"></div>`;
const frame = (value: string, html = plain(value), style = '') =>
  `<iframe style="${style}" srcdoc="${escaped(`<style>body{font:11px sans-serif;margin:2px}</style>${html}`)}"></iframe>`;

const plantings: Planting[] = (
  [
    // Addresses of people.
    ['email', 'jane.doe1@example.com', plain],
    ['email', 'jane.doe2@example.com', halves],
    ['email', 'jane3@example.com', letters],
    ['email', 'jane.doe4@example.com', cell],
    ['email', 'jane.doe5@example.com', input],
    ['email', 'jane.doe6@example.com', textarea],
    ['email', 'jane.doe7@example.com', placeholder],
    ['email', 'jane.doe8@example.com', editable],
    ['email', 'jane.doe9@example.com', (value: string) => shadow(value, 'open')],
    ['email', 'jane.doe10@example.com', (value: string) => frame(value)],
    ['email', 'jane.doe11@example.com', svg],
    ['email', 'jane.doe12@example.com', generated],
    [
      'email',
      'jane.doe13@example.com',
      (value: string) => `<span data-p>${value.split('@').join('<s class="at"></s>')}</span>`,
    ],
    [
      'email',
      'jane.doe14@example.com',
      (value: string) => `<a href="#"><span data-p>${value.replace('@', '@<wbr>')}</span></a>`,
    ],
    ['email', 'ünal@bücher.example', plain],
    [
      'email',
      'jane.doe16@example.com',
      (value: string) => `<span data-p>${value.replace('example', 'exam&shy;ple')}</span>`,
    ],
    ['email', 'jane.doe17@example.com', brokenPicture],
    // Numbers of telephones.
    ['phone', '+49 30 5550101', plain],
    ['phone', '+1 (555) 555-0102', halves],
    ['phone', '(555) 555-0103', cell],
    ['phone', '030/55501044', input],
    ['phone', '+44 20 7946 0105', row],
    ['phone', '01 23 45 67 89', select],
    ['phone', '+49\u00a030\u00a05550106', plain],
    ['phone', '+33 1 99 00 01 07', (value: string) => shadow(value, 'closed')],
    ['phone', '5550108999', (value: string) => `Phone: <span data-p>${value}</span>`],
    ['phone', '555-555-0109', (value: string) => frame(value, plain(value), 'zoom: 0.8')],
    // Cards.
    ['card', '4111 1111 1111 1111', plain],
    ['card', '5555555555554444', letters],
    ['card', '4012 8888 8888 1881', row],
    ['card', '378282246310005', input],
    ['card', '6011-1111-1111-1117', cell],
    ['card', '4242 4242 4242 4242', generated],
    [
      'card',
      '3530 1113 3330 0000',
      (value: string) =>
        frame(
          value,
          frame(value, plain(value), 'width: 240px'),
          'transform: scale(0.9); transform-origin: 0 0',
        ),
    ],
    ['card', '5105105105105100', (value: string) => `<div class="turned"><span data-p>${value}</span></div>`],
    // Accounts.
    ['iban', 'DE89 3704 0044 0532 0130 00', plain],
    ['iban', 'GB82WEST12345698765432', halves],
    ['iban', 'FR14 2004 1010 0505 0001 3M02 606', row],
    ['iban', 'NL91ABNA0417164300', cell],
    ['iban', 'CH93 0076 2011 6238 5295 7', editable],
    ['iban', 'AT61 1904 3002 3457 3201', input],
    // Keys and tokens.
    ['token', fakeKeys.jwt, plain],
    ['token', fakeKeys.stripeSecret, halves],
    ['token', fakeKeys.github, cell],
    ['token', fakeKeys.slack, input],
    ['token', fakeKeys.google, (value: string) => `<pre><code data-p>${value}</code></pre>`],
    ['token', fakeKeys.aws, svg],
    ['token', 'abc.DEF-123456', (value: string) => `Authorization: Bearer <span data-p>${value}</span>`],
    ['token', 'abc12345xyz9', (value: string) => cell(value, 'API key')],
    [
      'token',
      '9d8f7a6b5c4d3e2f',
      (value: string) => `<a>https://example.com/?token=<span data-p>${value}</span></a>`,
    ],
    ['token', fakeKeys.npm, textarea],
    // Passwords.
    ['password', 'hunter2', (value: string) => `password=<span data-p>${value}</span>`],
    ['password', 'Tr0ub4dor', (value: string) => cell(value, 'Password')],
    ['password', 'hidden-1', (value: string) => input(value, 'type="password"')],
    ['password', '4000 0000 0000 0002', (value: string) => input(value, 'autocomplete="cc-number"')],
    ['password', 'hidden-3', (value: string) => `<span data-p class="dots">${value}</span>`],
    ['password', 'jane:pa55', (value: string) => `https://<span data-p>${value}</span>@example.com/`],
    // The person's own words.
    ['own', 'Project Falcon', button],
    ['own', 'acme-1234', halves],
    [
      'own',
      'cust_8fA-1',
      (value: string) => `<details open><summary>More</summary><span data-p>${value}</span></details>`,
    ],
  ] satisfies [SecretKind, string, (value: string) => string][]
).map(([kind, value, show]) => ({ kind, value, html: show(value) }));

const style = `
  body { margin: 4px; font: 11px/14px sans-serif; }
  main { display: grid; grid-template-columns: repeat(4, 1fr); gap: 2px 6px; }
  main > div { height: 33px; overflow: hidden; overflow-wrap: anywhere; }
  input, textarea, select { width: 270px; font: inherit; }
  iframe { border: 1px solid; width: 260px; height: 26px; }
  table { border-spacing: 2px; } pre { margin: 0; } svg { font: 11px sans-serif; }
  .row { display: flex; gap: 4px; }
  .generated::before { content: attr(data-text); }
  .at::before { content: "@"; } .at { text-decoration: none; }
  .turned { transform: rotate(-2deg); padding: 6px; }
  .dots { -webkit-text-security: disc; }`;

/** Runs in the page: makes the shadow trees, and tells where each secret stands. */
function plant(planted: Omit<Planted, 'boxes'>[]): void {
  const roots = new Map<Element, ShadowRoot>();
  for (const host of document.querySelectorAll<HTMLElement>('[data-shadow]')) {
    const root = host.attachShadow({ mode: host.dataset['shadow'] === 'open' ? 'open' : 'closed' });
    root.innerHTML = host.dataset['html'] ?? '';
    roots.set(host, root);
  }
  type Found = { element: Element; x: number; y: number; scale: number };
  const find = (root: ParentNode, x: number, y: number, scale: number): Found | null => {
    const element = root.querySelector('[data-p]');
    if (element) return { element, x, y, scale };
    for (const host of root.querySelectorAll('[data-shadow]')) {
      const shadow = roots.get(host);
      const found = shadow ? find(shadow, x, y, scale) : null;
      if (found) return found;
    }
    for (const frame of root.querySelectorAll('iframe')) {
      const inner = frame.contentDocument;
      if (!inner) continue;
      const box = frame.getBoundingClientRect();
      // The border is scaled with the rest.
      const by = (box.width / (inner.documentElement.clientWidth + 2)) * scale;
      const found = find(inner, x + box.x * scale + by, y + box.y * scale + by, by);
      if (found) return found;
    }
    return null;
  };
  const boxesOf = (element: Element): DOMRect[] => {
    const range = element.ownerDocument.createRange();
    range.selectNodeContents(element);
    const isText =
      (element.textContent ?? '').trim() !== '' && !/^(?:select|textarea)$/.test(element.localName);
    const rects = isText ? Array.from(range.getClientRects()) : [];
    return rects.length > 0 ? rects : [element.getBoundingClientRect()];
  };
  window.__planted = planted;
  window.__plantedBoxes = () =>
    planted.map(secret => {
      const cell = document.getElementById(`planted-${secret.id}`);
      const found = cell && find(cell, 0, 0, 1);
      const boxes = found
        ? boxesOf(found.element).map(({ x, y, width, height }) => ({
            x: found.x + x * found.scale,
            y: found.y + y * found.scale,
            width: width * found.scale,
            height: height * found.scale,
          }))
        : [];
      return { ...secret, boxes };
    });
}

const planted = plantings.map(({ kind, value }, id) => ({ id, kind, value }));

export const plantedCount = planted.length;

/** Sixty made-up secrets, all in sight in a window of 1200 × 720. `window.__plantedBoxes()` tells where. */
export const secretPage: ExtraPage = {
  body: `<!doctype html><meta charset="utf-8"><title>Secrets</title><style>${style}</style><main>${plantings
    .map(({ html }, id) => `<div id="planted-${id}">${html}</div>`)
    .join('')}</main><script>const __name = f => f; (${plant})(${JSON.stringify(planted)})</script>`,
};

/** What looks like a secret and is none. */
export const lookAlikes = [
  'Order 4711-0815',
  'Invoice 2024-000123',
  'No. 100200300400',
  'Customer 12345678',
  'Ticket ASM-1112',
  'PO 4500012345',
  '2024-01-15 12:30',
  '01.02.2024 10:30',
  '1/2/2024, 9:05',
  '20240115103000',
  '2024-01-15T10:30:00+02:00',
  '01-02-2024 - 03-02-2024',
  'v1.2.3-beta.4',
  'Chrome/126.0.6478.127',
  'Build 2024.03.17.4821',
  'preact@11.2.0',
  '@types/node@20.1.0',
  'ISO 27001:2022',
  '192.168.100.200',
  '10.0.0.1:8080',
  '2001:db8::8a2e:370:7334',
  '00:1A:2B:3C:4D:5E',
  'ws:8080',
  '172.16.254.1/24',
  '550e8400-e29b-41d4-a716-446655440000',
  'd670460b4b4aece5915caf5c68d12f560a9fe3e4',
  '9f86d081884c7d65',
  '3f2c1ab',
  'sha256-47DEQpj8HBSa',
  '0x7ffee4c0',
  '52.520008, 13.404954',
  '+52.520008 -13.404954',
  '48°51′29″N 2°17′40″E',
  '1920 x 1080',
  '3840×2160 @2x',
  '16:9',
  '$1,234,567.89',
  '1.234.567,89 €',
  '12 345 678 kr',
  '£0.99',
  '99.95 %',
  '1,000,000,000',
  'ISBN 978-3-16-148410-0',
  'ISBN 0-306-40615-2',
  'EAN 4006381333931',
  '1Z999AA10123456784',
  '9400 1112 0255 5555 5555 55',
  'JD014600006281230704',
  '4111 1111 1111 1112',
  '378282246310006',
  '5555-5555-5555-4445',
  'DE89 3704 0044 0532 0130 01',
  'GB82WEST12345698765433',
  'XX12 3456 7890',
  '@jane_doe',
  '@jane@example.social',
  '#12345678',
  'logo@2x.png',
  'git@github.com:team/repo.git',
  'Password: required',
] as const;

/** Sixty of them, a few in fields and split over elements. */
export const lookAlikePage: ExtraPage = {
  body: `<!doctype html><meta charset="utf-8"><title>Look-alikes</title><style>${style}</style><main>${lookAlikes
    .map((value, index) => `<div>${[plain, halves, cell, input][index % 4]?.(value) ?? ''}</div>`)
    .join('')}</main>`,
};
