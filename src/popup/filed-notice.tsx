import type { FiledTicket } from '../contract/views.ts';
import { clip } from '../core/text.ts';
import { text } from '../platform/localised-text.ts';
import { agoText } from '../ui/ago-text.ts';
import { Button } from '../ui/components/button.tsx';
import type { PopupActions } from './use-popup.ts';

interface FiledNoticeProps {
  filed: FiledTicket;
  actions: PopupActions;
}

/** As much of a title as leaves room for what is said of it. */
const titleCharacters = 60;

/** Says that a ticket was filed from this page before, and turns the draft into a reply to it. */
export function FiledNotice({ filed, actions }: FiledNoticeProps) {
  const { jobId, ticketNumber, createdAt, isSamePassage } = filed;
  const ticket = ticketText(filed);

  function reply() {
    actions.edit({ kind: 'reply', replyTarget: ticketNumber ?? jobId });
    // Once the fields of a reply are drawn.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('#draft-panel textarea')?.focus());
  }

  return (
    <section class="banner filed-notice" aria-label={text('filedLabel')}>
      <div>
        <p>{text(isSamePassage ? 'filedPassage' : 'filedPage', ticket, agoText(createdAt, Date.now()))}</p>
        <Button onPress={reply}>
          {ticketNumber === null ? text('filedReplyToIt') : text('filedReplyTo', ticketNumber)}
        </Button>
      </div>
      <Button
        icon="close"
        variant="quiet"
        label={text('dismiss')}
        onPress={() => actions.edit({ isFiledNoticeClosed: true })}
      />
    </section>
  );
}

function ticketText({ title, ticketNumber, isSent }: FiledTicket): string {
  const quoted = clip(title || text('replyNoTitle'), titleCharacters);
  if (ticketNumber !== null) return text('replyOwn', ticketNumber, quoted);
  // Assembly may have it without having told its number.
  return isSent ? text('replyOwnNoNumber', quoted) : text('filedWaiting', quoted);
}
