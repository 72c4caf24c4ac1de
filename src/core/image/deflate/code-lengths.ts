/**
 * Lengths of a Huffman code for the frequencies, none above `limit` bits (RFC 1951, 3.2.2); 0 = not used. At least two
 * symbols get a code, because some readers refuse a code of one.
 */
export function codeLengths(frequencies: Uint32Array, limit: number): Uint8Array {
  const lengths = new Uint8Array(frequencies.length);
  const used = usedSymbols(frequencies);
  const count = used.length;
  // The tree by two queues: leaves in order of weight, and inner nodes, which arise in order of weight.
  const weights = new Float64Array(2 * count);
  const parents = new Uint32Array(2 * count);
  used.forEach((symbol, at) => {
    weights[at] = Math.max(1, frequencies[symbol] ?? 0);
  });
  let leaf = 0;
  let inner = count;
  const takeLightest = (next: number) => {
    const isLeaf = leaf < count && (inner >= next || (weights[leaf] ?? 0) <= (weights[inner] ?? 0));
    return isLeaf ? leaf++ : inner++;
  };
  for (let next = count; next < 2 * count - 1; next += 1) {
    const [one, other] = [takeLightest(next), takeLightest(next)];
    weights[next] = (weights[one] ?? 0) + (weights[other] ?? 0);
    parents[one] = next;
    parents[other] = next;
  }
  const depths = new Uint8Array(2 * count);
  for (let node = 2 * count - 3; node >= 0; node -= 1) depths[node] = (depths[parents[node] ?? 0] ?? 0) + 1;
  const counts = limitedCounts(depths.subarray(0, count), limit);
  // The rarest symbols come first in `used`, so they take the longest codes.
  let at = 0;
  for (let length = limit; length > 0; length -= 1) {
    for (let left = counts[length] ?? 0; left > 0; left -= 1) {
      lengths[used[at] ?? 0] = length;
      at += 1;
    }
  }
  return lengths;
}

function usedSymbols(frequencies: Uint32Array): number[] {
  const used: number[] = [];
  for (let symbol = 0; symbol < frequencies.length; symbol += 1) if (frequencies[symbol]) used.push(symbol);
  for (let symbol = 0; used.length < 2; symbol += 1) if (!used.includes(symbol)) used.push(symbol);
  return used.sort((a, b) => (frequencies[a] ?? 0) - (frequencies[b] ?? 0) || a - b);
}

/** How many codes have each length, when none may be deeper than `limit`. */
function limitedCounts(depths: Uint8Array, limit: number): Uint32Array {
  const counts = new Uint32Array(limit + 1);
  // What the code takes of the room that there is, in units of the shortest share, 2^−limit (Kraft).
  let taken = 0;
  for (const depth of depths) {
    const length = Math.min(depth, limit);
    counts[length] = (counts[length] ?? 0) + 1;
    taken += 2 ** (limit - length);
  }
  // One of the longest becomes the sibling of a shorter one, which moves down for it: that gives one share back, and no more.
  for (; taken > 2 ** limit; taken -= 1) {
    let length = limit - 1;
    while (!counts[length]) length -= 1;
    counts[length] = (counts[length] ?? 0) - 1;
    counts[length + 1] = (counts[length + 1] ?? 0) + 2;
    counts[limit] = (counts[limit] ?? 0) - 1;
  }
  return counts;
}

/** For each symbol its code, bits in the order in which they are written, and above bit 16 its length. */
export function codesOf(lengths: Uint8Array): Uint32Array {
  const next = new Uint32Array(17);
  for (const length of lengths) if (length > 0) next[length + 1] = (next[length + 1] ?? 0) + 1;
  for (let length = 1; length <= 16; length += 1) {
    next[length] = ((next[length] ?? 0) + (next[length - 1] ?? 0)) << 1;
  }
  return Uint32Array.from(lengths, length => {
    if (length === 0) return 0;
    const code = next[length] ?? 0;
    next[length] = code + 1;
    return reversed(code, length) | (length << 16);
  });
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit += 1) result |= ((code >>> bit) & 1) << (length - 1 - bit);
  return result;
}
