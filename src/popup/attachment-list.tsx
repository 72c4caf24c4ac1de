import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attachment, ImageAttachment } from '../core/draft.ts';
import { getBlob } from '../platform/blob-store.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { Icon } from '../ui/components/icon.tsx';

interface AttachmentListProps {
  attachments: Attachment[];
  onRemove: (attachmentId: string) => void;
}

/** The pictures of the draft, in the order in which they are sent. */
export function AttachmentList({ attachments, onRemove }: AttachmentListProps) {
  if (attachments.length === 0) return null;
  return (
    <ul class="attachments" aria-label={text('attachments')}>
      {attachments.map((attachment, index) => (
        <li key={attachment.id}>
          {attachment.kind === 'image' ? (
            <Thumbnail attachment={attachment} position={index + 1} />
          ) : (
            <span class="thumbnail">
              <Icon name="image" />
            </span>
          )}
          <div class="attachment-words">
            <p class="attachment-name">{attachment.kind === 'image' ? attachment.name : attachment.url}</p>
            <p class="hint">{attachment.kind === 'image' ? sizeText(attachment) : text('attachmentUrl')}</p>
          </div>
          <Button
            icon="close"
            variant="quiet"
            label={text('attachmentRemove', index + 1)}
            onPress={() => onRemove(attachment.id)}
          />
        </li>
      ))}
    </ul>
  );
}

/** A small picture that opens large, over the whole popup. */
function Thumbnail({ attachment, position }: { attachment: ImageAttachment; position: number }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const url = useBlobUrl(attachment.blobId);
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
    let made: string | null = null;
    let isGone = false;
    async function read() {
      const blob = await getBlob(blobId).catch(() => null);
      if (isGone) return;
      made = blob && URL.createObjectURL(blob);
      setUrl(made);
    }
    void read();
    return () => {
      isGone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [blobId]);
  return url;
}

function sizeText({ widthPx, heightPx, ticketScale }: ImageAttachment): string {
  return ticketScale === 1
    ? text('attachmentFullSize', widthPx, heightPx)
    : text('attachmentScaled', widthPx, heightPx, Math.round(ticketScale * 100));
}
