/** `https://host:port` · path · `?query` · `#fragment`; the first is left out of a pattern for every host. */
const patternShape = /^(?:(https?):\/\/([^/?#]+?)(?::(\d{1,5}))?(?=[/?#]|$))?(\/[^?#]*)?(\?[^#]*)?(#.*)?$/;

/** In the order in which they are looked through for a group. */
const componentNames = ['hostname', 'pathname', 'search', 'hash'] as const;
type ComponentName = (typeof componentNames)[number];

interface Group {
  component: ComponentName;
  key: string;
}

interface AddressPattern {
  pattern: URLPattern;
  /** What is taken: the first named group, else what the first star of a part stands for. */
  group: Group;
}

/**
 * A pattern of a recipe, in the words of https://urlpattern.spec.whatwg.org/: `/orders/:number` for a path,
 * `/orders?*id=:id` for one with a query, or a whole address, `https://*.example.com/orders/:number`. Null when it cannot
 * be read or has nothing that can be taken. Only names and stars are allowed: of regular expressions and repetitions some
 * can be written that never end.
 */
export function addressPattern(typed: string): AddressPattern | null {
  const [all, protocol = '*', hostname = '*', port = '*', pathname, search, hash] =
    patternShape.exec(typed) ?? [];
  if (all === undefined || all === '' || /[(){}\\]/.test(typed)) return null;
  const parts = {
    protocol,
    hostname,
    // A pattern with a host and without a port means the scheme's own.
    port: protocol === '*' ? '*' : port === '*' ? '' : port,
    pathname: pathname ?? '*',
    search: search?.slice(1) ?? '*',
    hash: hash?.slice(1) ?? '*',
  };
  if (componentNames.some(name => /(?::[\p{L}_$][\p{L}\p{N}_$]*|\*)[*+?]/u.test(parts[name]))) return null;
  const group = firstNamed(parts) ?? firstStar(parts);
  try {
    const pattern = new URLPattern(parts);
    return group === null || pattern.hasRegExpGroups ? null : { pattern, group };
  } catch {
    return null;
  }
}

/** What a pattern takes from a page's address, decoded; null when the address is another, or it takes nothing. */
export function valueInAddress(url: string, typed: string): string | null {
  const read = URL.canParse(url) ? addressPattern(typed) : null;
  if (!read || !isQuick(url, read.pattern)) return null;
  const { component, key } = read.group;
  const value = read.pattern.exec(url)?.[component].groups[key];
  return value ? decoded(value, component) : null;
}

const namedGroup = /:([\p{L}_$][\p{L}\p{N}_$]*)/u;

function firstNamed(parts: Record<ComponentName, string>): Group | null {
  for (const component of componentNames) {
    const name = namedGroup.exec(parts[component])?.[1];
    if (name !== undefined) return { component, key: name };
  }
  return null;
}

/** A part that is a star alone is any, and nothing to take. */
function firstStar(parts: Record<ComponentName, string>): Group | null {
  const order = ['pathname', 'search', 'hash', 'hostname'] as const;
  const component = order.find(name => parts[name] !== '*' && parts[name].includes('*'));
  return component ? { component, key: '0' } : null;
}

/** Steps of a match, at most; some hundredths of a second, for a recipe may have many patterns and the worker waits. */
const stepLimit = 5_000_000;

/** Several stars in one part try each stretch of it with each: in a long address that may take minutes. */
function isQuick(url: string, pattern: URLPattern): boolean {
  const address = new URL(url);
  return componentNames.every(
    component => address[component].length ** openGroups(pattern[component], component) <= stepLimit,
  );
}

/** Groups of one part that can take each other's room. A name that has a stretch between slashes for itself cannot. */
function openGroups(part: string, component: ComponentName): number {
  const stretches = component === 'pathname' ? part.split('/') : [part];
  return stretches.reduce((sum, stretch) => {
    const stars = stretch.split('*').length - 1;
    const names = stretch.split(':').length - 1;
    return sum + stars + (names + stars > 1 || component !== 'pathname' ? names : 0);
  }, 0);
}

function decoded(value: string, component: ComponentName): string {
  try {
    return decodeURIComponent(component === 'search' ? value.replaceAll('+', ' ') : value);
  } catch {
    return value;
  }
}
