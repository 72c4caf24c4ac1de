let beforeErasing = new AbortController();

/** Aborted when everything is erased: what was begun before that must not be stored after it. */
export function untilErased(): AbortSignal {
  return beforeErasing.signal;
}

/** To be called before anything is erased. */
export function endAllBegun(): void {
  beforeErasing.abort();
  beforeErasing = new AbortController();
}
