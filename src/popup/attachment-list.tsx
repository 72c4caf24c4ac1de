import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Attachment, Draft } from '../core/draft.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { Icon } from '../ui/components/icon.tsx';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';
import type { AttachmentActions } from './attachment-actions.ts';
import { AttachmentNotes, nameIdOf } from './attachment-notes.tsx';
import { AttachmentThumbnail } from './attachment-thumbnail.tsx';

interface AttachmentListProps {
  kind: Draft['kind'];
  attachments: Attachment[];
  /** Why the draft cannot be sent with them. */
  problem: string | undefined;
  actions: AttachmentActions;
}

/** The pictures and files of the draft, in the order in which they are sent. */
export function AttachmentList({ kind, attachments, problem, actions }: AttachmentListProps) {
  const problemId = useId();
  const [list, keepFocusOn] = useFocusOnMoved(attachments);
  if (attachments.length === 0) return null;
  return (
    <div class="field">
      <ul
        class="attachments"
        ref={list}
        aria-label={text('attachments')}
        aria-describedby={problem && problemId}
      >
        {attachments.map((attachment, index) => (
          <li key={attachment.id}>
            {attachment.kind === 'image' ? (
              <AttachmentThumbnail kind={kind} attachment={attachment} position={index + 1} />
            ) : (
              <span class="thumbnail">
                <Icon name={attachment.kind === 'file' ? 'file' : 'image'} />
              </span>
            )}
            <div class="attachment-words">
              <p class="attachment-name" id={nameIdOf(attachment)} title={nameOf(attachment)}>
                {nameOf(attachment)}
              </p>
              <AttachmentNotes kind={kind} attachment={attachment} actions={actions} />
            </div>
            {attachment.kind === 'image' && (
              <Button
                icon="annotate"
                variant="quiet"
                label={text('attachmentAnnotate', index + 1)}
                onPress={() => actions.annotate(attachment.id)}
              />
            )}
            {attachments.length > 1 && (
              <Moves
                index={index}
                count={attachments.length}
                onMove={by => {
                  keepFocusOn(attachment.id, by);
                  actions.move(attachment.id, by);
                }}
              />
            )}
            <Button
              icon="close"
              variant="quiet"
              label={text('attachmentRemove', index + 1)}
              onPress={() => actions.remove(attachment.id)}
            />
          </li>
        ))}
      </ul>
      {problem && (
        <p class="problem" role="alert" id={problemId}>
          {problem}
        </p>
      )}
    </div>
  );
}

function nameOf(attachment: Attachment): string {
  return attachment.kind === 'image-url' ? attachment.url : attachment.name;
}

interface MovesProps {
  index: number;
  count: number;
  onMove: (by: -1 | 1) => void;
}

function Moves({ index, count, onMove }: MovesProps) {
  return (
    <div class="attachment-moves">
      <Button
        icon="up"
        variant="quiet"
        label={text('attachMoveUp', index + 1)}
        isOff={index === 0}
        onPress={() => onMove(-1)}
      />
      <Button
        icon="down"
        variant="quiet"
        label={text('attachMoveDown', index + 1)}
        isOff={index === count - 1}
        onPress={() => onMove(1)}
      />
    </div>
  );
}

const movesSelector = '.attachment-moves';

/** An item that is put to another place in the page loses the focus: it gets it back, on the button that was pressed. */
function useFocusOnMoved(attachments: readonly Attachment[]) {
  const list = useRef<HTMLUListElement>(null);
  const moved = useRef<{ id: string; by: -1 | 1 } | null>(null);
  const order = attachments.map(({ id }) => id);
  useLayoutEffect(() => {
    if (!moved.current || document.activeElement !== document.body) return;
    const { id, by } = moved.current;
    const item = list.current?.children[order.indexOf(id)];
    item?.querySelector<HTMLElement>(`${movesSelector} > :${by === -1 ? 'first' : 'last'}-child`)?.focus();
  }, [order.join()]);
  useDocumentEvent('focusin', ({ target }) => {
    if (target instanceof Element && !target.closest(movesSelector)) moved.current = null;
  });
  const keepFocusOn = (id: string, by: -1 | 1) => {
    moved.current = { id, by };
  };
  return [list, keepFocusOn] as const;
}
