import { useEffect, useRef, useState } from 'preact/hooks';
import { type Draft, type ImageAttachment, pictureWay, sentPicture } from '../core/draft.ts';
import { getBlob } from '../platform/blob-store.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';

interface AttachmentThumbnailProps {
  kind: Draft['kind'];
  attachment: ImageAttachment;
  position: number;
}

/** A small picture that opens large, over the whole popup: as it will be sent, once that is made. */
export function AttachmentThumbnail({ kind, attachment, position }: AttachmentThumbnailProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const sent = sentPicture(attachment, pictureWay(kind, attachment));
  const url = useBlobUrl(sent?.blobId ?? attachment.blobId);
  if (url === null) return <span class="thumbnail">{text('attachmentGone')}</span>;
  return (
    <>
      <button
        type="button"
        class="thumbnail"
        aria-label={text('attachmentEnlarge', position)}
        onClick={() => dialog.current?.showModal()}
      >
        {url && <img src={url} alt="" />}
      </button>
      <dialog ref={dialog} class="enlarged" aria-label={attachment.name}>
        <Button icon="close" label={text('attachmentClose')} onPress={() => dialog.current?.close()} />
        {url && <img src={url} alt={attachment.name} />}
      </dialog>
    </>
  );
}

/** An address for the stored bytes: undefined while it is read, null when they cannot be had. */
function useBlobUrl(blobId: string): string | null | undefined {
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
