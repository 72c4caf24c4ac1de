import { isUnwantedParameter } from './page-address.ts';

/** Past this the query goes, then the fragment, then the path. */
const addressLimitCharacters = 2_000;

/** A longer query or fragment is not even looked at: it may be megabytes. */
const partLimitCharacters = 8_000;

/** `text=` and percent-encoded parts: a text directive as a generator writes it. Anything else stays out of a link. */
export const textDirective = /^text=[A-Za-z0-9_.!~*'(),%-]+(?:&text=[A-Za-z0-9_.!~*'(),%-]+)*$/;

/**
 * The address of a page as it may leave the browser: no credentials, no tracking, no secret-looking parameter.
 * Path, ordinary query and route-like fragments stay, byte for byte. Of a `file:` address the file's name stays.
 * Null when there is no address worth giving (`about:`, `data:`, `blob:`, `javascript:`, not an address).
 */
export function cleanPageUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  switch (parsed.protocol) {
    case 'http:':
    case 'https:':
    case 'ftp:':
      return cleanWebAddress(parsed);
    case 'file:':
      return `file:${parsed.pathname.split('/').filter(Boolean).at(-1) ?? ''}`;
    case 'chrome:':
    case 'edge:':
    case 'brave:':
      return `${parsed.protocol}//${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`;
    default:
      return null;
  }
}

/**
 * A link that opens the page at the passage: the cleaned address with the text directive (`text=…`, encoded)
 * behind whatever fragment the address has. https://wicg.github.io/scroll-to-text-fragment/
 */
export function passageLink(url: string, textFragment: string | null): string | null {
  const address = cleanPageUrl(url);
  if (address === null || !isWebAddress(address)) return address;
  if (textFragment === null || !textDirective.test(textFragment)) return address;
  return `${address}${address.includes('#') ? '' : '#'}:~:${textFragment}`;
}

/** Whether a cleaned address can be followed by another person's browser. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//.test(address);
}

function cleanWebAddress(url: URL): string {
  const base = `${url.protocol}//${url.host}`;
  const path = url.pathname.length > addressLimitCharacters ? '/' : cleanPath(url.pathname);
  const query = url.search.length > partLimitCharacters ? '' : cleanParameters(url.search.slice(1));
  const hash = url.hash.length > partLimitCharacters ? '' : cleanFragment(url.hash.slice(1));
  const candidates = [
    `${base}${path}${query && `?${query}`}${hash && `#${hash}`}`,
    `${base}${path}${hash && `#${hash}`}`,
    `${base}${path}`,
  ];
  return candidates.find(candidate => candidate.length <= addressLimitCharacters) ?? `${base}/`;
}

/** `;jsessionid=…` is a parameter that lives in the path. */
function cleanPath(path: string): string {
  return path.replace(/;([^/;=]*)=([^/;]*)/g, (all, name: string, value: string) =>
    isUnwantedParameter(name, value) ? '' : all,
  );
}

/** `a=1&b=2` without the unwanted ones. The rest keeps its encoding and its order. */
function cleanParameters(query: string): string {
  return query
    .split('&')
    .map(part => part.split(';').filter(isWantedParameter).join(';'))
    .filter(Boolean)
    .join('&');
}

function isWantedParameter(parameter: string): boolean {
  const equals = parameter.indexOf('=');
  if (equals === -1) return !isUnwantedParameter('', parameter);
  return !isUnwantedParameter(parameter.slice(0, equals), parameter.slice(equals + 1));
}

/** A route keeps its path and loses the unwanted part of its query; `key=value` pairs are cleaned as a query is. */
function cleanFragment(hash: string): string {
  const [fragment = ''] = hash.split(':~:');
  const question = fragment.indexOf('?');
  const route = question === -1 ? fragment : fragment.slice(0, question);
  const query = question === -1 ? '' : cleanParameters(fragment.slice(question + 1));
  const cleanRoute = route.includes('=') ? cleanParameters(route) : route;
  const isSecret = cleanRoute.split('/').some(segment => isUnwantedParameter('', segment));
  return `${isSecret ? '' : cleanRoute}${query && `?${query}`}`;
}
