/** Symbols of a compressed block (RFC 1951, 3.2.5). */
export const endOfBlock = 256;
export const literalSymbols = 286;
export const distanceSymbols = 30;
export const shortestMatch = 3;
export const longestMatch = 258;
export const windowBytes = 32_768;

/** A step of the text: a byte, or "copy `length` bytes from `distance` back". Bytes are their own tokens. */
export function matchToken(length: number, distance: number): number {
  return (0x80_00_00_00 | ((length - shortestMatch) << 16) | distance) >>> 0;
}

/** First length (less 3) or distance (less 1) of each symbol, and how many bits after it say which. */
export const lengthStarts = starts(28, 4, 4).concat(255);
export const distanceStarts = starts(distanceSymbols, 2, 2);
export const lengthExtraBits = Array.from({ length: 29 }, (_, n) => (n < 8 || n === 28 ? 0 : (n >> 2) - 1));
export const distanceExtraBits = Array.from({ length: 30 }, (_, n) => (n < 4 ? 0 : (n >> 1) - 1));

function starts(count: number, perDoubling: number, plain: number): number[] {
  const result: number[] = [];
  let value = 0;
  for (let n = 0; n < count; n += 1) {
    result.push(value);
    value += n < 2 * plain ? 1 : 2 ** (Math.floor(n / perDoubling) - 1);
  }
  return result;
}

/** The symbol, less 257, of a length less 3. */
export const lengthSymbols = symbolsOf(lengthStarts, 256);
// Distances past 256 have symbols that depend on their upper bits only.
const nearDistances = symbolsOf(distanceStarts, 256);
const farDistances = symbolsOf(
  distanceStarts.map(start => start / 128),
  256,
);

/** The symbol of a distance less 1. */
export function distanceSymbol(distance: number): number {
  return (distance < 256 ? nearDistances[distance] : farDistances[distance >>> 7]) ?? 0;
}

function symbolsOf(firsts: readonly number[], count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, value) => firsts.findLastIndex(first => first <= value));
}
