import { html, type SafeHtml } from './html.ts';

/** A whole page. With `version`, it reloads by itself when GET /version says something else. */
export function page(title: string, main: SafeHtml, version: string | null): string {
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Local Assembly</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<link rel="stylesheet" href="/tickets.css">
${version !== null && html`<script src="/refresh.js" data-version="${version}" defer></script>`}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
  <a class="brand" href="/"><span class="mark" aria-hidden="true"></span>Local Assembly</a>
  <nav aria-label="Local Assembly"><a href="/">Inbox</a><a href="/record.json">Record</a></nav>
</header>
<main id="main">${main}</main>
<footer>A model of the Assembly API for tests and demos. Nothing leaves this computer.</footer>
</body>
</html>`;
  return markup;
}

/** A moment in UTC, for people and for machines. */
export function moment(timeMs: number): SafeHtml {
  const iso = new Date(timeMs).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

/** `1 picture`, `2 pictures`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `512 bytes`, `12.3 kB`, `4.0 MB`. */
export function sizeText(sizeBytes: number): string {
  if (sizeBytes < 1000) return `${sizeBytes} bytes`;
  return sizeBytes < 1_000_000 ? `${(sizeBytes / 1e3).toFixed(1)} kB` : `${(sizeBytes / 1e6).toFixed(1)} MB`;
}
