import type { FiledTicket } from '../contract/messages.ts';
import type { PopupActions } from './use-popup.ts';

interface FiledNoticeProps {
  filed: FiledTicket;
  actions: PopupActions;
}

/** Says that a ticket was filed from this page before, and turns the draft into a reply to it. */
export function FiledNotice(_: FiledNoticeProps) {
  return null;
}
