import { useEffect, useRef, useState } from 'preact/hooks';
import { type Attachment, type Draft, type ImageAttachment, pictureWay, sentPicture } from '../core/draft.ts';
import type { PictureFit } from '../core/image/picture-fit.ts';
import { getBlob } from '../platform/blob-store.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { Icon } from '../ui/components/icon.tsx';

interface AttachmentListProps {
  kind: Draft['kind'];
  attachments: Attachment[];
  onAnnotate: (attachmentId: string) => void;
  onFollowTicket: (attachmentId: string, followsTicket: boolean) => void;
  onRemove: (attachmentId: string) => void;
}

/** The pictures of the draft, in the order in which they are sent. */
export function AttachmentList({
  kind,
  attachments,
  onAnnotate,
  onFollowTicket,
  onRemove,
}: AttachmentListProps) {
  if (attachments.length === 0) return null;
  return (
    <ul class="attachments" aria-label={text('attachments')}>
      {attachments.map((attachment, index) => (
        <li key={attachment.id}>
          {attachment.kind === 'image' ? (
            <Thumbnail kind={kind} attachment={attachment} position={index + 1} />
          ) : (
            <span class="thumbnail">
              <Icon name="image" />
            </span>
          )}
          <div class="attachment-words">
            <p class="attachment-name">
              {attachment.kind === 'image-url' ? attachment.url : attachment.name}
            </p>
            {attachment.kind === 'image' ? (
              <PictureNotes kind={kind} attachment={attachment} onFollowTicket={onFollowTicket} />
            ) : (
              <p class="hint">{text('attachmentUrl')}</p>
            )}
          </div>
          {attachment.kind === 'image' && (
            <Button
              icon="annotate"
              variant="quiet"
              label={text('attachmentAnnotate', index + 1)}
              onPress={() => onAnnotate(attachment.id)}
            />
          )}
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

/** A small picture that opens large, over the whole popup: as it will be sent, once that is made. */
function Thumbnail({
  kind,
  attachment,
  position,
}: {
  kind: Draft['kind'];
  attachment: ImageAttachment;
  position: number;
}) {
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

/** What is to be known of a picture before it is sent. */
function PictureNotes({
  kind,
  attachment,
  onFollowTicket,
}: {
  kind: Draft['kind'];
  attachment: ImageAttachment;
  onFollowTicket: AttachmentListProps['onFollowTicket'];
}) {
  const { marks, cutAtPx, followsTicket, wordsBlobId, isSearchedWhole } = attachment;
  const covered = marks.filter(({ tool }) => tool === 'redact').length;
  return (
    <>
      <p class="hint">{sizeText(kind, attachment)}</p>
      {covered > 0 && <p class="hint">{text('attachmentCovered', covered)}</p>}
      {!isSearchedWhole && (
        <p class="hint">{text(wordsBlobId === null ? 'attachmentNotSearched' : 'attachmentSearchedPart')}</p>
      )}
      {cutAtPx !== null && <p class="hint">{text('noteCut', cutAtPx)}</p>}
      {kind === 'ticket' && (followsTicket || isReduced(attachment)) && (
        <label class="hint">
          <input
            type="checkbox"
            checked={followsTicket}
            onChange={event => onFollowTicket(attachment.id, event.currentTarget.checked)}
          />
          {text('attachmentSendFull')}
        </label>
      )}
    </>
  );
}

function isReduced(attachment: ImageAttachment): boolean {
  const fit = sentPicture(attachment, 'ticket')?.fit;
  return fit !== undefined && (fit.scale < 1 || fit.maxError > 0 || fit.colours !== null);
}

/** The size, and what was done to the picture so that it can be sent. */
function sizeText(kind: Draft['kind'], attachment: ImageAttachment): string {
  const { crop, widthPx, heightPx } = attachment;
  const size = text(
    'attachmentSize',
    Math.round(crop?.width ?? widthPx),
    Math.round(crop?.height ?? heightPx),
  );
  const sent = sentPicture(attachment, pictureWay(kind, attachment));
  return `${size}, ${sent ? fitText(sent.fit) : text('fitPending')}`;
}

function fitText({ scale, maxError, colours }: PictureFit): string {
  const steps = [
    scale < 1 ? text('fitScaled', Math.round(scale * 100)) : text('fitFullSize'),
    ...(maxError > 0 ? [text('fitRounded', maxError)] : []),
    ...(colours === null ? [] : [text('fitPalette', colours)]),
  ];
  return steps.join(', ');
}
