import {
  distanceSymbol,
  lengthSymbols,
  longestMatch,
  matchToken,
  shortestMatch,
  windowBytes,
} from './tokens.ts';

/** What a block's lengths (at length symbol − 257) and distances cost, in bits, with the bits that follow them. */
export interface Prices {
  lengths: Uint8Array;
  distances: Uint8Array;
}

/** Turns bytes into tokens; `emit` takes each block of them and answers what its symbols cost. */
export interface MatchFinder {
  add(bytes: Uint8Array): void;
  /** Hands over the last block. */
  end(): void;
}

type Emit = (tokens: Uint32Array, count: number, isLast: boolean) => Prices;

const blockTokens = 32_768;
const hashBits = 15;
// The bytes that are looked up: few where bytes are dear, so that a short repeat pays; else enough that repeats found are worth it.
const hashedBytes = { few: 4, many: 8 };
const dearBits = 4.5;
// Room for the bytes at the end that are not looked up.
const blockMargin = 16;
const longestSkip = 15;
// Offsets are kept in 31 bits; long before they run out, all are made smaller.
const farOffset = 2 ** 30;
const pricedWindow = 32_768;
// A window whose repeats save less than 1.5 % of its bits is a photograph: the next ones go without looking.
const worthwhileBits = pricedWindow * 8 * 0.004;
const restWindows = 3;
// After this many bytes their sum of prices is above that of any match.
const pricedBytes = 24;

/**
 * Finds repeats with one look into a table of the last place of the next bytes, and one at the byte before, never
 * searching on. Filtered pixels hold many short chance repeats: a thorough search (zlib's) spends nine tenths of its time on
 * those. A repeat is taken only if it is cheaper than its bytes one by one, by the prices of the block before.
 */
export function createMatchFinder(emit: Emit): MatchFinder {
  const tokens = new Uint32Array(blockTokens);
  const places = new Int32Array(1 << hashBits).fill(-windowBytes - 1);
  let text = new Uint8Array(windowBytes);
  let view = new DataView(text.buffer);
  // Bytes of `text` that came before the present ones, and the offset of its first byte in the stream.
  let pastBytes = 0;
  let base = 0;
  let lengths: Uint8Array = new Uint8Array(29).fill(7);
  let distances: Uint8Array = new Uint8Array(30).fill(12);
  const literals = new Float32Array(256);
  const uses = new Uint32Array(256);

  function flush(count: number, isLast: boolean): void {
    ({ lengths, distances } = emit(tokens, count, isLast));
  }

  /**
   * Prices of bytes, by how common each is from `at` on. What a block's code gives them would mislead: the more repeats
   * are taken, the dearer the bytes that are left look, and the more repeats are taken. Answers the mean price.
   */
  function priceLiterals(text: Uint8Array, at: number, endAt: number): number {
    uses.fill(0);
    const end = Math.min(endAt, at + pricedWindow);
    for (let n = at; n < end; n += 1) {
      const byte = text[n] ?? 0;
      uses[byte] = (uses[byte] ?? 0) + 1;
    }
    const all = Math.log2(end - at + 1);
    let bits = 0;
    for (let byte = 0; byte < 256; byte += 1) {
      const count = uses[byte] ?? 0;
      literals[byte] = Math.max(1, all - Math.log2(count + 0.5));
      bits += count * (literals[byte] ?? 0);
    }
    return bits / (end - at);
  }

  /** Bits that are saved by copying `length` bytes of `text` rather than writing them; below 0 if none. */
  function saving(text: Uint8Array, at: number, length: number, distance: number): number {
    let bits = -(lengths[lengthSymbols[length - shortestMatch] ?? 0] ?? 0);
    bits -= distances[distanceSymbol(distance - 1)] ?? 0;
    const end = at + Math.min(length, pricedBytes);
    for (let n = at; n < end; n += 1) bits += literals[text[n] ?? 0] ?? 0;
    return bits + (length > pricedBytes ? length - pricedBytes : 0);
  }

  function scan(text: Uint8Array, view: DataView, endAt: number): void {
    let at = pastBytes;
    let count = 0;
    let misses = 0;
    let lookAt = at;
    let foundBits = worthwhileBits;
    let last = at > 0 ? (text[at - 1] ?? 0) : -1;
    let pricedAt = at;
    let isDear = true;
    const lastHashed = endAt - hashedBytes.many;
    while (at <= lastHashed) {
      if (count >= blockTokens - blockMargin) {
        flush(count, false);
        count = 0;
      }
      if (at >= pricedAt) {
        isDear = priceLiterals(text, at, endAt) > dearBits;
        pricedAt = at + pricedWindow;
        if (lookAt <= at && foundBits < worthwhileBits) lookAt = at + restWindows * pricedWindow;
        foundBits = 0;
      }
      // Where nothing is looked up, bytes go by quickly until a run begins.
      const quietEnd = Math.min(lookAt, pricedAt, lastHashed + 1, at + blockTokens - blockMargin - count);
      const wasQuiet = at < quietEnd;
      while (at < quietEnd) {
        const byte = text[at] ?? 0;
        if (byte === last && byte === text[at + 1] && byte === text[at + 2]) break;
        tokens[count] = byte;
        count += 1;
        last = byte;
        at += 1;
      }
      // At its end, what stands above is due again.
      if (wasQuiet && quietEnd === at) continue;
      const byte = text[at] ?? 0;
      let length = 0;
      let distance = 0;
      let saved = 0;
      if (byte === last && byte === text[at + 1] && byte === text[at + 2]) {
        length = matchLength(text, at - 1, at, Math.min(longestMatch, endAt - at));
        distance = 1;
        saved = saving(text, at, length, 1);
      }
      if (at >= lookAt && length < longestMatch) {
        const four = view.getInt32(at, true);
        const mixed =
          Math.imul(four, 0x9e3779b1) ^ (isDear ? 0 : Math.imul(view.getInt32(at + 4, true), 0x85ebca6b));
        const slot = mixed >>> (32 - hashBits);
        const candidate = (places[slot] ?? 0) - base;
        places[slot] = at + base;
        misses += 1;
        if (candidate >= 0 && at - candidate <= windowBytes && view.getInt32(candidate, true) === four) {
          const otherLength = matchLength(text, candidate, at, Math.min(longestMatch, endAt - at));
          if (otherLength > length) {
            const otherSaved = saving(text, at, otherLength, at - candidate);
            if (otherSaved > saved) {
              saved = otherSaved;
              length = otherLength;
              distance = at - candidate;
              misses = 0;
              foundBits += otherSaved;
            }
          }
        }
        // Where nothing repeats, looking at every place is a waste.
        lookAt = at + 1 + Math.min(longestSkip, misses >>> 5);
      }
      if (saved > 0) {
        tokens[count] = matchToken(length, distance);
        at += length;
        last = text[at - 1] ?? 0;
      } else {
        tokens[count] = byte;
        at += 1;
        last = byte;
      }
      count += 1;
    }
    for (; at < endAt; at += 1) {
      tokens[count] = text[at] ?? 0;
      count += 1;
    }
    if (count > 0) flush(count, false);
  }

  return {
    add(bytes) {
      if (text.length < windowBytes + bytes.length) {
        const larger = new Uint8Array(windowBytes + bytes.length);
        larger.set(text.subarray(0, pastBytes));
        text = larger;
        view = new DataView(text.buffer);
      }
      text.set(bytes, pastBytes);
      const endAt = pastBytes + bytes.length;
      scan(text, view, endAt);
      const kept = Math.min(endAt, windowBytes);
      text.copyWithin(0, endAt - kept, endAt);
      base += endAt - kept;
      pastBytes = kept;
      if (base > farOffset) {
        for (let slot = 0; slot < places.length; slot += 1) {
          places[slot] = Math.max(-windowBytes - 1, (places[slot] ?? 0) - base);
        }
        base = 0;
      }
    },
    end: () => flush(0, true),
  };
}

function matchLength(text: Uint8Array, candidate: number, at: number, most: number): number {
  let length = 0;
  while (length < most && text[candidate + length] === text[at + length]) length += 1;
  return length;
}
