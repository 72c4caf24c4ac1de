import { drawing, element, shape } from './elements.ts';
import { seededRandom } from './random.ts';
import { paragraph, sentence } from './words.ts';

/** A page of documentation: headings, text, code. */
export function textPage(heightPx: number): HTMLElement {
  const random = seededRandom(11);
  const column = element('max-width:860px;margin:0 auto;padding:32px;font:16px/1.6 sans-serif;color:#1f2328');
  for (let y = 0; y < heightPx; y += 420) {
    column.append(
      element('font:600 24px/1.3 sans-serif;margin:24px 0 8px', sentence(random, 5)),
      element('margin:0 0 12px', paragraph(random, 5)),
      element('margin:0 0 12px;color:#0969da;text-decoration:underline', sentence(random, 7)),
      element(
        'font:13px/1.5 monospace;background:#f6f8fa;border:1px solid #d1d9e0;border-radius:6px;padding:12px;white-space:pre',
        Array.from({ length: 6 }, () => `const ${sentence(random, 2)} = (${sentence(random, 3)});`).join(
          '\n',
        ),
      ),
      element('margin:12px 0', paragraph(random, 4)),
    );
  }
  return column;
}

/** Cards with figures, charts with filled curves, shadows. */
export function dashboard(): HTMLElement {
  const random = seededRandom(22);
  const page = element(
    'display:grid;grid-template-columns:repeat(4,1fr);gap:20px;padding:24px;background:#f1f4f9;font:14px/1.4 sans-serif',
  );
  const card = (span: number, children: (HTMLElement | SVGElement)[]) =>
    element(
      `grid-column:span ${span};background:#fff;border-radius:12px;padding:18px;box-shadow:0 6px 24px rgba(30,40,80,.13);color:#2b3345`,
      children,
    );
  for (let row = 0; row < 5; row += 1) {
    for (let column = 0; column < 4; column += 1) {
      page.append(
        card(1, [
          element('color:#77809a', sentence(random, 2)),
          element('font:700 30px sans-serif', `${Math.floor(random() * 90_000)}`),
          chart(random, 380, 70, 1),
        ]),
      );
    }
    page.append(
      card(3, [element('', sentence(random, 4)), chart(random, 1_300, 260, 4)]),
      card(1, [rings(random)]),
    );
  }
  return page;
}

function chart(random: () => number, width: number, height: number, curves: number): SVGElement {
  const shapes = Array.from({ length: curves }, (_, curve) => {
    let level = height * (0.3 + random() * 0.4);
    const points = Array.from({ length: 60 }, (_, n) => {
      level = Math.min(height - 4, Math.max(4, level + (random() - 0.5) * height * 0.16));
      return `${(n * width) / 59},${level.toFixed(1)}`;
    });
    const hue = 210 + curve * 70;
    const fill = shape('linearGradient', { id: `fill${hue}`, x1: 0, y1: 0, x2: 0, y2: 1 }, [
      shape('stop', { offset: 0, 'stop-color': `hsl(${hue} 80% 60%)`, 'stop-opacity': 0.5 }),
      shape('stop', { offset: 1, 'stop-color': `hsl(${hue} 80% 60%)`, 'stop-opacity': 0 }),
    ]);
    const line = points.join(' ');
    return shape('g', {}, [
      fill,
      shape('polygon', { points: `0,${height} ${line} ${width},${height}`, fill: `url(#fill${hue})` }),
      shape('polyline', { points: line, fill: 'none', stroke: `hsl(${hue} 70% 45%)`, 'stroke-width': 2 }),
    ]);
  });
  return drawing(width, height, shapes);
}

function rings(random: () => number): SVGElement {
  return drawing(
    260,
    280,
    Array.from({ length: 5 }, (_, n) =>
      shape('circle', {
        cx: 130,
        cy: 140,
        r: 40 + n * 18,
        fill: 'none',
        stroke: `hsl(${n * 50 + 180} 65% 55%)`,
        'stroke-width': 12,
        'stroke-dasharray': `${random() * 500} 900`,
      }),
    ),
  );
}

/** A code editor on a dark ground: coloured words, a minimap, a side bar. */
export function darkEditor(heightPx: number): HTMLElement {
  const random = seededRandom(33);
  const inks = ['#d4d4d4', '#569cd6', '#ce9178', '#6a9955', '#dcdcaa', '#c586c0', '#4ec9b0', '#b5cea8'];
  const lines = (size: string, style: string) =>
    element(
      `font:${size} monospace;white-space:pre;overflow:hidden;${style}`,
      Array.from({ length: Math.ceil(heightPx / 18) }, () =>
        element(
          `padding-left:${Math.floor(random() * 6) * 16}px`,
          Array.from({ length: Math.floor(random() * 11) }, () =>
            element(`color:${inks[Math.floor(random() * inks.length)]}`, `${sentence(random, 1)} `, 'span'),
          ),
        ),
      ),
    );
  return element(
    `display:grid;grid-template-columns:260px 1fr 120px;height:${heightPx}px;overflow:hidden;background:#1e1e1e`,
    [
      lines('13px/22px', 'background:#252526'),
      lines('14px/20px', 'padding:0 24px'),
      lines('2px/3px', 'background:#222;height:100%'),
    ],
  );
}

/** A wide table with zebra stripes, badges and figures. */
export function table(heightPx: number): HTMLElement {
  const random = seededRandom(44);
  const page = element('font:13px/20px sans-serif;color:#222;background:#fff');
  for (let row = 0; row * 29 < heightPx; row += 1) {
    const hue = Math.floor(random() * 360);
    page.append(
      element(
        `display:grid;grid-template-columns:90px 2fr 3fr 120px 120px 140px;gap:12px;padding:4px 16px;border-bottom:1px solid #e3e6ec;background:${row % 2 ? '#f7f9fc' : '#fff'}`,
        [
          element('color:#57606a', `#${100_000 + row}`),
          element('font-weight:600', sentence(random, 3)),
          element('overflow:hidden;white-space:nowrap', sentence(random, 12)),
          element('text-align:right', (random() * 9_999).toFixed(2)),
          element('text-align:right;color:#0a7d33', `+${(random() * 99).toFixed(1)} %`),
          element(
            `background:hsl(${hue} 80% 90%);color:hsl(${hue} 70% 25%);border-radius:10px;text-align:center`,
            sentence(random, 1),
          ),
        ],
      ),
    );
  }
  return page;
}

/** Large soft gradients with glass cards, as landing pages have them. */
export function gradients(heightPx: number): HTMLElement {
  const random = seededRandom(55);
  const spots = Array.from({ length: 14 }, () => {
    const hue = Math.floor(random() * 360);
    return `radial-gradient(circle at ${random() * 100}% ${random() * 100}%, hsl(${hue} 85% 62% / .75), hsl(${hue} 85% 62% / 0) ${20 + random() * 40}%)`;
  });
  const page = element(
    `min-height:${heightPx}px;padding:60px;background:${spots.join(',')},linear-gradient(160deg,#1b1f4b,#5a2a6e 50%,#f1866a)`,
  );
  for (let n = 0; n * 300 < heightPx; n += 1) {
    page.append(
      element(
        'max-width:900px;margin:24px auto;padding:28px;border-radius:24px;background:rgba(255,255,255,.16);box-shadow:0 20px 60px rgba(0,0,0,.35);color:#fff;font:18px/1.5 sans-serif',
        [element('font:700 40px sans-serif', sentence(random, 4)), element('', paragraph(random, 2))],
      ),
    );
  }
  return page;
}

/** A street map: land, water, roads with casings, names. */
export function map(width: number, height: number): HTMLElement {
  const random = seededRandom(66);
  const at = () => [random() * width, random() * height] as const;
  const shapes: SVGElement[] = [shape('rect', { width, height, fill: '#f2efe9' })];
  const blob = (fill: string, size: number) => {
    const [x, y] = at();
    const corners = Array.from({ length: 9 }, (_, n) => {
      const reach = size * (0.5 + random());
      return `${x + Math.cos((n * 2 * Math.PI) / 9) * reach},${y + Math.sin((n * 2 * Math.PI) / 9) * reach}`;
    });
    shapes.push(shape('polygon', { points: corners.join(' '), fill, stroke: '#00000018' }));
  };
  for (let n = 0; n < 24; n += 1)
    blob(['#c8e6b8', '#aad3df', '#e8dccb', '#d6e8c8'][n % 4] ?? '#fff', 60 + random() * 190);
  for (let n = 0; n < 2_600; n += 1) blob(`hsl(25 18% ${80 + random() * 8}%)`, 4 + random() * 9);
  for (let n = 0; n < 240; n += 1) {
    const [x, y] = at();
    const [x2, y2] = [x + (random() - 0.5) * 900, y + (random() - 0.5) * 700];
    const d = `M${x} ${y}Q${x + (random() - 0.5) * 300} ${y + (random() - 0.5) * 300} ${x2} ${y2}`;
    const wide = n % 9 === 0;
    shapes.push(
      shape('path', { d, fill: 'none', stroke: wide ? '#d99a3a' : '#cfc9be', 'stroke-width': wide ? 11 : 6 }),
    );
    shapes.push(
      shape('path', { d, fill: 'none', stroke: wide ? '#f9d77e' : '#ffffff', 'stroke-width': wide ? 8 : 4 }),
    );
  }
  for (let n = 0; n < 420; n += 1) {
    const [x, y] = at();
    const name = shape('text', {
      x,
      y,
      'font-size': 9 + (n % 4) * 2,
      'font-family': 'sans-serif',
      fill: '#444',
      stroke: '#fff',
      'stroke-width': 3,
      'paint-order': 'stroke',
      transform: `rotate(${n % 3 ? 0 : (random() - 0.5) * 90} ${x} ${y})`,
    });
    name.textContent = sentence(random, 1 + (n % 2));
    shapes.push(name);
  }
  return element('', [drawing(width, height, shapes)]);
}
