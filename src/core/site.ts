import { fieldLimitsCharacters } from './field-limits.ts';

/** Where a template or a recipe is used. */
export interface Site {
  /** As the browser writes it: lower case, Punycode, IPv6 in brackets, no dot at its end. */
  host: string;
  /** `*.`: the host and all below it. */
  hasSubdomains: boolean;
  /** Null: any. */
  port: number | null;
  /** The path, or one below it; without a slash at its end, so that it is empty for all of the host. */
  path: string;
}

export const siteLimit = 50;

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** `*.` · host · port · path. User names are no part of a site. */
const siteShape = /^(\*\.)?(\[[0-9a-f:.]+\]|[^\s/:@?#[\]\\*]+)(?::(\d{1,5}))?(\/[^\s?#]*)?$/i;
/** Under most countries' names one of these is nobody's, and everybody registers below it: `co.uk`, `com.au`, `ac.jp`. */
const sharedName = /^(?:ac|co|com|edu|go|gob|gouv|gov|govt|ltd|mil|ne|net|nom|or|org|plc|sch)\.[a-z]{2}$/;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * A site as a person types it: `support.example.com`, `*.example.com`, `127.0.0.1:8080`, `app.example.com/orders`.
 * The scheme, a query and a fragment of a pasted address are left out. Null when it names none, or too many: a star
 * takes the place of whole names only, and not that of a domain that anybody can register (`*.com`, `*.co.uk`).
 */
export function parseSite(typed: string): Site | null {
  if (typed.length > fieldLimitsCharacters.site) return null;
  const plain = typed
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/[?#].*$/, '');
  const [, star, typedHost = '', port, path = ''] = siteShape.exec(plain) ?? [];
  const address = `https://${typedHost}${path}`;
  if (typedHost === '' || !URL.canParse(address)) return null;
  const { hostname, pathname } = new URL(address);
  const host = withoutDot(hostname);
  if (host === '' || Number(port ?? 0) > 65_535) return null;
  const isName = !ipv4.test(host) && !host.startsWith('[');
  if (star && !(isName && host.includes('.') && !sharedName.test(host))) return null;
  return {
    host,
    hasSubdomains: star !== undefined,
    port: port === undefined ? null : Number(port),
    path: pathname.replace(/\/+$/, ''),
  };
}

/** Whether a page belongs to a site, as `parseSite` reads it. Only http and https pages belong to any. */
export function isOnSite(url: string, typed: string): boolean {
  const site = parseSite(typed);
  if (!site || !URL.canParse(url)) return false;
  const { protocol, hostname, port, pathname } = new URL(url);
  const defaultPort = defaultPorts[protocol];
  if (defaultPort === undefined) return false;
  const host = withoutDot(hostname);
  return (
    (host === site.host || (site.hasSubdomains && host.endsWith(`.${site.host}`))) &&
    (site.port === null || site.port === (port === '' ? defaultPort : Number(port))) &&
    (pathname === site.path || pathname.startsWith(`${site.path}/`))
  );
}

/** The first of a list that is for the site of this page. */
export function firstForSite<Item extends { sites: readonly string[] }>(
  items: readonly Item[],
  url: string | null,
): Item | null {
  if (url === null) return null;
  return items.find(({ sites }) => sites.some(site => isOnSite(url, site))) ?? null;
}

/** The sites in a text that has one on each line, without repeats, and the lines that name none. */
export function sitesFromText(typed: string): { sites: string[]; wrong: string[] } {
  const lines = new Set(typed.split('\n').map(line => line.trim()));
  lines.delete('');
  const named = [...lines].filter(line => parseSite(line));
  const sites = named.slice(0, siteLimit);
  return { sites, wrong: [...lines].filter(line => !sites.includes(line)) };
}

/** `example.com.` is the same host. */
function withoutDot(host: string): string {
  return host.replace(/\.$/, '');
}
