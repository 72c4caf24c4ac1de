import { createHash } from 'node:crypto';

/** Numbers in [0, 1), always the same for the same names: each client has a chance of its own. */
export function randomOf(...names: readonly (string | number)[]): () => number {
  // An xorshift generator (Marsaglia, 2003), whose state may be anything but 0.
  let state = createHash('sha256').update(names.join('/')).digest().readUInt32LE() || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
