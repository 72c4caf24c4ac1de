/** The secret-looking and the tracking parts of an address, told apart from what makes it lead somewhere. */

const trackingName =
  /^(?:utm_.*|mtm_.*|pk_.*|piwik_.*|matomo_.*|hsa_.*|gclid|gclsrc|gbraid|wbraid|dclid|fbclid|msclkid|twclid|ttclid|yclid|igshid|igsh|li_fat_id|epik|srsltid|rb_clickid|mc_eid|mc_cid|_hsenc|_hsmi|__hs.*|hsctatracking|mkt_tok|vero_.*|oly_.*_id|_ga|_gl|_openstat|wickedid|s_cid|ref_src|ref_url)$/;

/** Found anywhere in the name, whatever joins the words. */
const secretPart =
  /token|secret|passw|passphrase|passcode|signature|session|sessid|jwt|credential|apikey|authoriz|authkey|saml|csrf|xsrf|bearer|cookie|onetime/;

/** Found as a whole word of the name: `auth_code` but not `author`, `key` but not `keyword`. */
const secretWords = new Set('key auth oauth sig hmac sid code pwd pass pin otp totp nonce access'.split(' '));

const jwt = /eyJ[\w-]{8,}\.[\w-]{8,}/;
const userInfo = /\/\/[^/?#\s]*@/;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const longRun = /[A-Za-z0-9_+/-]{32,}/g;

/** Links that a quote keeps. */
export function isLinkAddress(address: string): boolean {
  return /^(?:https?|mailto|tel):/i.test(address) && URL.canParse(address);
}

/** Pictures that a quote keeps: nothing embedded, nothing local. */
export function isPictureAddress(address: string): boolean {
  return /^https?:/i.test(address) && URL.canParse(address);
}

/** Whether a `name=value` of an address is to be left out of it. Both as they stand in the address, still encoded. */
export function isUnwantedParameter(name: string, value: string): boolean {
  const plainName = decode(name);
  return (
    isTrackingName(plainName) ||
    isSecretName(plainName) ||
    looksSecret(plainName) ||
    looksSecret(decode(value))
  );
}

/** Whether text found in an address, decoded, carries a credential or an address that does. */
function looksSecret(text: string): boolean {
  if (jwt.test(text) || userInfo.test(text)) return true;
  if (
    text.split(/[?&;#\s]/).some(part => part.includes('=') && isSecretName(part.slice(0, part.indexOf('='))))
  ) {
    return true;
  }
  return (text.replace(uuid, '').match(longRun) ?? []).some(isHighEntropy);
}

function isTrackingName(name: string): boolean {
  return trackingName.test(name.toLowerCase());
}

/** Whether the name of a parameter says that its value is a credential. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  if (/^x-(?:amz|goog)-/i.test(name) || secretPart.test(words.join(''))) return true;
  return words.some(word => secretWords.has(word));
}

/** Random bytes as hex or base64 change between digits, capitals and small letters far more often than words do. */
export function isHighEntropy(run: string): boolean {
  if (/^[0-9a-f]+$/i.test(run) || /^\d+$/.test(run)) return true;
  let changes = 0;
  for (const segment of run.split(/[^A-Za-z0-9]/)) {
    const kinds = segment
      .replace(/^[A-Z](?=[a-z])/, 'a')
      .replace(/[a-z]/g, 'a')
      .replace(/[A-Z]/g, 'A')
      .replace(/\d/g, '0');
    changes += kinds.match(/a(?=[A0])|A(?=[a0])|0(?=[aA])/g)?.length ?? 0;
  }
  return changes >= 4;
}

/** Percent-decoded as often as it was encoded, up to three times; what is not UTF-8 stays as it is. */
function decode(text: string): string {
  let plain = text.replaceAll('+', ' ');
  for (let round = 0; round < 3 && plain.includes('%'); round += 1) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      return plain;
    }
  }
  return plain;
}
