import { useEffect, useState } from 'preact/hooks';
import { getBlob } from '../../platform/blob-store.ts';

/** An address for the stored bytes: undefined while they are read, null when they cannot be had. */
export function useBlobUrl(blobId: string): string | null | undefined {
  const [url, setUrl] = useState<string | null>();
  useEffect(() => {
    let isGone = false;
    async function read() {
      const blob = await getBlob(blobId).catch(() => null);
      if (!isGone) setUrl(blob && URL.createObjectURL(blob));
    }
    void read();
    return () => {
      isGone = true;
    };
  }, [blobId]);
  // An address is let go when another one is on the screen: until then its picture may still be loading.
  useEffect(
    () => () => {
      if (url) URL.revokeObjectURL(url);
    },
    [url],
  );
  return url;
}
