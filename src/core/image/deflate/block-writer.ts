import { codeLengths, codesOf } from './code-lengths.ts';
import type { Prices } from './match-finder.ts';
import {
  distanceExtraBits,
  distanceStarts,
  distanceSymbol,
  distanceSymbols,
  endOfBlock,
  lengthExtraBits,
  lengthStarts,
  lengthSymbols,
  literalSymbols,
} from './tokens.ts';

/** Writes blocks with codes of their own, bit after bit. */
export interface BlockWriter {
  /** Writes the first `count` tokens as one block, and answers what its symbols cost. */
  block(tokens: Uint32Array, count: number, isLast: boolean): Prices;
  /** The whole bytes since the last call; with `isEnd` the begun one too. */
  take(isEnd: boolean): Uint8Array<ArrayBuffer>;
}

// The order in which lengths of the code of code lengths are written (RFC 1951, 3.2.7).
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

export function createBlockWriter(): BlockWriter {
  let out = new Uint8Array(1 << 18);
  let size = 0;
  let bits = 0;
  let bitCount = 0;
  const literalUses = new Uint32Array(literalSymbols);
  const distanceUses = new Uint32Array(distanceSymbols);

  /** Writes at most 16 bits. */
  function put(value: number, count: number): void {
    bits |= value << bitCount;
    bitCount += count;
    if (bitCount >= 16) {
      out[size] = bits;
      out[size + 1] = bits >>> 8;
      size += 2;
      bits >>>= 16;
      bitCount -= 16;
    }
  }

  function countUses(tokens: Uint32Array, count: number): void {
    literalUses.fill(0);
    distanceUses.fill(0);
    literalUses[endOfBlock] = 1;
    for (let at = 0; at < count; at += 1) {
      const token = tokens[at] ?? 0;
      if (token < 256) {
        literalUses[token] = (literalUses[token] ?? 0) + 1;
      } else {
        const length = 257 + (lengthSymbols[(token >>> 16) & 255] ?? 0);
        const distance = distanceSymbol((token & 65_535) - 1);
        literalUses[length] = (literalUses[length] ?? 0) + 1;
        distanceUses[distance] = (distanceUses[distance] ?? 0) + 1;
      }
    }
  }

  function putHead(literals: Uint8Array, distances: Uint8Array, isLast: boolean): void {
    const literalCount = Math.max(257, literals.findLastIndex(length => length > 0) + 1);
    const distanceCount = Math.max(1, distances.findLastIndex(length => length > 0) + 1);
    const runs = runLengths([...literals.subarray(0, literalCount), ...distances.subarray(0, distanceCount)]);
    const uses = new Uint32Array(19);
    for (const { symbol } of runs) uses[symbol] = (uses[symbol] ?? 0) + 1;
    const lengths = codeLengths(uses, 7);
    const codes = codesOf(lengths);
    const orderCount = Math.max(4, lengthOrder.findLastIndex(symbol => (lengths[symbol] ?? 0) > 0) + 1);
    put(isLast ? 1 : 0, 1);
    put(2, 2);
    put(literalCount - 257, 5);
    put(distanceCount - 1, 5);
    put(orderCount - 4, 4);
    for (const symbol of lengthOrder.slice(0, orderCount)) put(lengths[symbol] ?? 0, 3);
    for (const { symbol, extra, extraBits } of runs) {
      const code = codes[symbol] ?? 0;
      put(code & 65_535, code >>> 16);
      put(extra, extraBits);
    }
  }

  // The loop that all bytes pass: it keeps its state in locals, which are several times faster than what closures share.
  function putTokens(
    tokens: Uint32Array,
    count: number,
    literals: Uint32Array,
    distances: Uint32Array,
  ): void {
    // All that comes before the end is written two bytes at a time, so that `size` is even, and machines with a browser are little-endian.
    const target = new Uint16Array(out.buffer);
    let to = size;
    let held = bits;
    let heldCount = bitCount;
    for (let at = 0; at < count; at += 1) {
      const token = tokens[at] ?? 0;
      const length = token < 256 ? 0 : (lengthSymbols[(token >>> 16) & 255] ?? 0);
      const code = literals[token < 256 ? token : 257 + length] ?? 0;
      held |= (code & 65_535) << heldCount;
      heldCount += code >>> 16;
      if (heldCount >= 16) {
        target[to >>> 1] = held;
        to += 2;
        held >>>= 16;
        heldCount -= 16;
      }
      if (token < 256) continue;
      const distance = (token & 65_535) - 1;
      const symbol = distanceSymbol(distance);
      const distanceCode = distances[symbol] ?? 0;
      size = to;
      bits = held;
      bitCount = heldCount;
      put(((token >>> 16) & 255) - (lengthStarts[length] ?? 0), lengthExtraBits[length] ?? 0);
      put(distanceCode & 65_535, distanceCode >>> 16);
      put(distance - (distanceStarts[symbol] ?? 0), distanceExtraBits[symbol] ?? 0);
      to = size;
      held = bits;
      heldCount = bitCount;
    }
    size = to;
    bits = held;
    bitCount = heldCount;
  }

  return {
    block(tokens, count, isLast) {
      // A token takes at most 15 + 5 + 15 + 13 bits, the head less than 512 bytes.
      const roomBytes = count * 6 + 1_024;
      if (out.length < size + roomBytes) {
        const larger = new Uint8Array((size + roomBytes) * 2);
        larger.set(out);
        out = larger;
      }
      countUses(tokens, count);
      const literals = codeLengths(literalUses, 15);
      const distances = codeLengths(distanceUses, 15);
      putHead(literals, distances, isLast);
      const literalCodes = codesOf(literals);
      putTokens(tokens, count, literalCodes, codesOf(distances));
      const end = literalCodes[endOfBlock] ?? 0;
      put(end & 65_535, end >>> 16);
      return pricesOf(literals, distances);
    },
    take(isEnd) {
      while (isEnd && bitCount > 0) {
        out[size] = bits;
        size += 1;
        bits >>>= 8;
        bitCount = Math.max(0, bitCount - 8);
      }
      const taken = out.slice(0, size);
      size = 0;
      return taken;
    },
  };
}

interface Run {
  symbol: number;
  extra: number;
  extraBits: number;
}

/** Code lengths as they are written: 16 repeats the last 3–6 times, 17 and 18 are 3–10 and 11–138 zeros. */
function runLengths(lengths: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < lengths.length; ) {
    const length = lengths[at] ?? 0;
    let count = 1;
    while (at + count < lengths.length && lengths[at + count] === length) count += 1;
    at += count;
    if (length > 0) {
      runs.push({ symbol: length, extra: 0, extraBits: 0 });
      count -= 1;
    }
    while (count >= 3) {
      const [symbol, least, most, extraBits] =
        length > 0 ? [16, 3, 6, 2] : count > 10 ? [18, 11, 138, 7] : [17, 3, 10, 3];
      const part = Math.min(count, most ?? 0);
      runs.push({ symbol: symbol ?? 0, extra: part - (least ?? 0), extraBits: extraBits ?? 0 });
      count -= part;
    }
    for (; count > 0; count -= 1) runs.push({ symbol: length, extra: 0, extraBits: 0 });
  }
  return runs;
}

// A symbol that a block did without may still be worth its price in the next.
const unusedLengthBits = 12;
const unusedDistanceBits = 8;

function pricesOf(literals: Uint8Array, distances: Uint8Array): Prices {
  return {
    lengths: literals.subarray(257).map((bits, n) => (bits || unusedLengthBits) + (lengthExtraBits[n] ?? 0)),
    distances: distances.map((bits, n) => (bits || unusedDistanceBits) + (distanceExtraBits[n] ?? 0)),
  };
}
