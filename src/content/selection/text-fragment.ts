import {
  GenerateFragmentStatus,
  generateFragmentFromRange,
  isValidRangeForFragmentGeneration,
  setTimeout as setGenerationTimeout,
} from 'text-fragments-polyfill/dist/fragment-generation-utils.js';
import { rootOf } from './unclobbered.ts';

const timeLimitMs = 150;
const directiveLimitCharacters = 2_000;

/** The generator reads the whole document several times; past this its time limit comes too late. */
const documentLimitCharacters = 400_000;
const documentLimitElements = 20_000;

/** Fields by whose names a form would lead the generator astray; see unclobbered.ts. */
const clobberingFields =
  'parentNode childNodes firstChild lastChild nextSibling previousSibling nodeType tagName attributes textContent contains ownerDocument'
    .split(' ')
    .map(name => `[name="${name}"], [id="${name}"]`)
    .join();

/**
 * `text=…` that leads to the range, or null: in a shadow tree, a frame or editable content, and where the words are not
 * unique. https://wicg.github.io/scroll-to-text-fragment/
 */
export function textFragmentOf(range: AbstractRange): string | null {
  const { document } = globalThis;
  if (rootOf(range.startContainer) !== document || rootOf(range.endContainer) !== document) return null;
  if (document.getElementsByTagName('*').length > documentLimitElements) return null;
  if ((document.body?.textContent?.length ?? 0) > documentLimitCharacters) return null;
  if (document.querySelector(clobberingFields) !== null) return null;
  // The generator moves the ends of the range it is given: this one is not the selection's.
  const copy = document.createRange();
  copy.setStart(range.startContainer, range.startOffset);
  copy.setEnd(range.endContainer, range.endOffset);
  if (!isValidRangeForFragmentGeneration(copy)) return null;
  setGenerationTimeout(timeLimitMs);
  const { status, fragment } = generateFragmentFromRange(copy);
  return status === GenerateFragmentStatus.SUCCESS && fragment ? directive(fragment) : null;
}

interface Fragment {
  prefix?: string;
  textStart: string;
  textEnd?: string;
  suffix?: string;
}

function directive({ prefix, textStart, textEnd, suffix }: Fragment): string | null {
  const parts = [
    prefix ? `${encode(prefix)}-` : null,
    encode(textStart),
    textEnd ? encode(textEnd) : null,
    suffix ? `-${encode(suffix)}` : null,
  ];
  const text = `text=${parts.filter(part => part !== null).join(',')}`;
  return text.length <= directiveLimitCharacters ? text : null;
}

// `-` and `,` have a meaning in a directive; parentheses have one in Markdown, where the link goes.
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[-()]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
