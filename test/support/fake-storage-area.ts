export type StorageChanges = Record<string, { oldValue?: unknown; newValue?: unknown }>;

/**
 * One area of `browser.storage`, in memory: copies go in and come out. `onChange` is called after each write.
 * As in Chrome, an item that is set to what it was is no change.
 */
export function createStorageArea(onChange: (changes: StorageChanges) => void = () => {}) {
  let items: Record<string, unknown> = {};
  let isDiskFull = false;

  function replace(next: Record<string, unknown>): void {
    const before = items;
    items = next;
    const names = [...new Set([...Object.keys(before), ...Object.keys(next)])];
    const changed = names.filter(name => JSON.stringify(before[name]) !== JSON.stringify(next[name]));
    if (changed.length === 0) return;
    onChange(
      structuredClone(
        Object.fromEntries(
          changed.map(name => [
            name,
            {
              ...(name in before ? { oldValue: before[name] } : {}),
              ...(name in next ? { newValue: next[name] } : {}),
            },
          ]),
        ),
      ),
    );
  }

  return {
    api: {
      get: async (key?: string) => {
        if (key === undefined) return structuredClone(items);
        return structuredClone(key in items ? { [key]: items[key] } : {});
      },
      set: async (more: Record<string, unknown>) => {
        if (isDiskFull) throw new Error('IO error: .../LOG: No space left on device');
        replace({ ...items, ...structuredClone(more) });
      },
      remove: async (key: string) => {
        const { [key]: _removed, ...rest } = items;
        replace(rest);
      },
      clear: async () => replace({}),
      setAccessLevel: async () => {},
    },
    items: () => structuredClone(items),
    setDiskFull(full: boolean) {
      isDiskFull = full;
    },
    /** Lays items there without a word: they were stored in another life. */
    place(more: Record<string, unknown>) {
      items = { ...items, ...structuredClone(more) };
    },
    reset() {
      items = {};
      isDiskFull = false;
    },
  };
}
