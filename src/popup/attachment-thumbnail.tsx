import { useRef } from 'preact/hooks';
import { type Draft, type ImageAttachment, pictureWay, sentPicture } from '../core/draft.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { useBlobUrl } from '../ui/hooks/use-blob-url.ts';

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
