import { cleanPageUrl } from './page-link.ts';

const addressLimitCharacters = 2_000;
/** Names that are answered for inside of a network only. */
const innerName = /(?:^|\.)(?:local(?:host)?|internal|intranet|lan|home|corp|test)$/;
const ipv4 = /^\d+(?:\.\d+){3}$/;

/**
 * Whether another server can load a picture by its address as it stands: https, nothing secret in it to clean away,
 * and a name that is known everywhere. Numbers for a host are no such name.
 */
export function isPublicAddress(address: string): boolean {
  if (!address.startsWith('https://') || address.length > addressLimitCharacters) return false;
  if (!URL.canParse(address) || cleanPageUrl(address) !== address) return false;
  // `localhost.` is the same host.
  const hostname = new URL(address).hostname.replace(/\.$/, '');
  const isName = hostname.includes('.') && !ipv4.test(hostname) && !hostname.startsWith('[');
  return isName && !innerName.test(hostname);
}
