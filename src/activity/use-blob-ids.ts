import { useEffect, useState } from 'preact/hooks';
import { storedBlobIds } from '../platform/blob-store.ts';

const none: ReadonlySet<string> = new Set();

/** Which pictures and files are stored; looked up again whenever `jobs` is another. Null until it is known first. */
export function useBlobIds(jobs: unknown): ReadonlySet<string> | null {
  const [ids, setIds] = useState<ReadonlySet<string> | null>(null);
  useEffect(() => {
    let isLeft = false;
    storedBlobIds().then(
      found => void (isLeft || setIds(found)),
      // The list is of use without its pictures.
      () => void (isLeft || setIds(none)),
    );
    return () => {
      isLeft = true;
    };
  }, [jobs]);
  return ids;
}
