import { mayGoByAddress } from '../core/attachment-changes.ts';
import {
  type Attachment,
  type Draft,
  type FileAttachment,
  type ImageAttachment,
  pictureWay,
  sentPicture,
} from '../core/draft.ts';
import type { PictureFit } from '../core/image/picture-fit.ts';
import { wasCleaned } from '../core/image/sent-as-picked.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import type { AttachmentActions } from './attachment-actions.ts';

/** The element with the name of an attachment: what else is named the same in every item is told apart by it. */
export function nameIdOf({ id }: Attachment): string {
  return `attachment-${id}-name`;
}

interface NotesOf<Kind> {
  kind: Draft['kind'];
  attachment: Kind;
  actions: AttachmentActions;
}

/** What is to be known of an attachment before it is sent, and what can be changed about the way it goes. */
export function AttachmentNotes({ kind, attachment, actions }: NotesOf<Attachment>) {
  return (
    <>
      {attachment.kind === 'image' && <PictureNotes kind={kind} attachment={attachment} actions={actions} />}
      {attachment.kind === 'file' && <FileNotes kind={kind} attachment={attachment} actions={actions} />}
      {attachment.kind === 'image-url' && <p class="hint">{text('attachmentUrl')}</p>}
      {(attachment.kind === 'image-url' || mayGoByAddress(attachment)) && (
        <Button
          variant="quiet"
          onPress={() =>
            attachment.kind === 'image-url'
              ? actions.usePixels(attachment.id)
              : actions.useAddress(attachment.id)
          }
        >
          {text(attachment.kind === 'image-url' ? 'attachUsePixels' : 'attachUseAddress')}
        </Button>
      )}
    </>
  );
}

function PictureNotes({ kind, attachment, actions }: NotesOf<ImageAttachment>) {
  const { marks, cutAtPx, followsTicket, wordsBlobId, isSearchedWhole } = attachment;
  const covered = marks.filter(({ tool }) => tool === 'redact').length;
  const way = pictureWay(kind, attachment);
  const sent = sentPicture(attachment, way);
  return (
    <>
      <p class="hint">{sizeText(kind, attachment)}</p>
      {sent && wasCleaned(attachment, way, sent) && <p class="hint">{text('attachCleaned')}</p>}
      {covered > 0 && <p class="hint">{text('attachmentCovered', covered)}</p>}
      {!isSearchedWhole && (
        <p class="hint">{text(wordsBlobId === null ? 'attachmentNotSearched' : 'attachmentSearchedPart')}</p>
      )}
      {cutAtPx !== null && <p class="hint">{text('noteCut', cutAtPx)}</p>}
      {kind === 'ticket' && (followsTicket || isReduced(attachment)) && (
        <Following label={text('attachmentSendFull')} attachment={attachment} actions={actions} />
      )}
    </>
  );
}

/** A ticket takes no such file: what can be done about it stands right there. */
function FileNotes({ kind, attachment, actions }: NotesOf<FileAttachment>) {
  const isRefused = kind === 'ticket' && !attachment.followsTicket;
  return (
    <>
      <p class="hint">{bytesText(attachment.sizeBytes)}</p>
      {attachment.place === 'told' && <p class="hint">{text('attachFileTellsPlace')}</p>}
      {attachment.place === 'unknown' && <p class="hint">{text('attachFileMayTellPlace')}</p>}
      {isRefused && <p class="problem">{text('attachFileRefused')}</p>}
      {kind === 'ticket' && (
        <Following
          label={text('attachFileFollows')}
          isInvalid={isRefused}
          attachment={attachment}
          actions={actions}
        />
      )}
    </>
  );
}

interface FollowingProps extends Pick<NotesOf<ImageAttachment | FileAttachment>, 'attachment' | 'actions'> {
  label: string;
  /** It has to be checked, or the attachment removed: a press of Send leads here. */
  isInvalid?: boolean;
}

function Following({ label, isInvalid = false, attachment, actions }: FollowingProps) {
  return (
    <label class="hint">
      <input
        type="checkbox"
        aria-describedby={nameIdOf(attachment)}
        aria-invalid={isInvalid}
        checked={attachment.followsTicket}
        onChange={event => actions.followTicket(attachment.id, event.currentTarget.checked)}
      />
      {label}
    </label>
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

function bytesText(bytes: number): string {
  if (bytes < 1_000) return text('attachSizeBytes', bytes);
  if (bytes < 1_000_000) return text('attachSizeKilobytes', Math.round(bytes / 1_000));
  return text('attachSizeMegabytes', (bytes / 1_000_000).toFixed(1));
}
