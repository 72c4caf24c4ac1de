import { useLayoutEffect, useState } from 'preact/hooks';
import { storedBlobIds } from '../platform/blob-store.ts';
import { oneAtATime } from '../ui/one-at-a-time.ts';

const none: ReadonlySet<string> = new Set();

/** Which pictures and files are stored; looked up again whenever `jobs` is another. Null until it is known first. */
export function useBlobIds(jobs: unknown): ReadonlySet<string> | null {
  const [ids, setIds] = useState<ReadonlySet<string> | null>(null);
  const [look] = useState(() =>
    oneAtATime(() =>
      storedBlobIds().then(
        found => setIds(found),
        // The list is of use without its pictures.
        () => setIds(none),
      ),
    ),
  );
  // The first look is not dropped when the items come before its answer: the list waits for it.
  useLayoutEffect(() => void look(), [jobs, look]);
  return ids;
}
