import { useState } from 'preact/hooks';
import type { DraftSummary } from '../../contract/views.ts';
import { asideDays, dayMs } from '../../core/retention.ts';
import { type TextKey, text } from '../../platform/localised-text.ts';
import { instantText } from '../instant-text.ts';
import { Button } from './button.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { PageAddress } from './page-address.tsx';

interface DraftListProps {
  /** Newest first. */
  drafts: DraftSummary[];
  onOpen: (draft: DraftSummary) => void;
  /** Called once the person said that it may be deleted. */
  onDiscard: (draft: DraftSummary) => void;
}

/** Drafts that were put aside. Each button is named with its draft, for whoever hears it alone. */
export function DraftList({ drafts, onOpen, onDiscard }: DraftListProps) {
  return (
    <ul class="drafts" aria-label={text('drafts')}>
      {drafts.map(draft => (
        <DraftItem
          key={draft.id}
          draft={draft}
          onOpen={() => onOpen(draft)}
          onDiscard={() => onDiscard(draft)}
        />
      ))}
    </ul>
  );
}

interface DraftItemProps {
  draft: DraftSummary;
  onOpen: () => void;
  onDiscard: () => void;
}

function DraftItem({ draft, onOpen, onDiscard }: DraftItemProps) {
  const [isAsking, setAsking] = useState(false);
  const name = draft.title || text('draftItemEmpty');
  const { kind, pageUrl, attachments, putAsideAt } = draft;
  const button = (key: TextKey, onPress: () => void, variant?: 'quiet') => (
    <Button label={text('actionOfItem', text(key), name)} variant={variant} onPress={onPress}>
      {text(key)}
    </Button>
  );
  return (
    <li class="draft-item">
      <div class="draft-item-words">
        <p class={draft.title ? 'draft-item-name' : 'draft-item-name draft-item-empty'}>{name}</p>
        <p class="draft-item-facts hint">
          <span>{text(kind === 'ticket' ? 'tabTicket' : 'tabReply')}</span>
          {attachments > 0 && <span>{attachmentsText(attachments)}</span>}
          <time dateTime={new Date(putAsideAt).toISOString()}>
            {text('draftItemAside', instantText(putAsideAt), dateText(putAsideAt + asideDays * dayMs))}
          </time>
          {pageUrl && <PageAddress url={pageUrl} />}
        </p>
      </div>
      <div class="row">
        {button('draftItemOpen', onOpen)}
        {button('actionDiscard', () => setAsking(true), 'quiet')}
      </div>
      {isAsking && (
        <ConfirmDialog
          question={text('draftItemConfirm', name)}
          action={text('actionDiscard')}
          onConfirm={onDiscard}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function attachmentsText(count: number): string {
  return count === 1 ? text('draftItemOneAttachment') : text('draftItemAttachments', count);
}

function dateText(at: number): string {
  return new Date(at).toLocaleDateString([], { day: 'numeric', month: 'long' });
}
