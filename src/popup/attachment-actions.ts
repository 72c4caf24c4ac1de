import type { Attachment, Draft } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import type { Result } from '../core/result.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { openEditor } from '../platform/tabs.ts';
import { attachFiles } from './attach-files.ts';

/** What can be done with the pictures and files of the draft. */
export interface AttachmentActions {
  attach(files: readonly File[]): void;
  annotate(attachmentId: string): void;
  /** One place up (-1) or down (1). */
  move(attachmentId: string, by: -1 | 1): void;
  followTicket(attachmentId: string, followsTicket: boolean): void;
  usePixels(attachmentId: string): void;
  useAddress(attachmentId: string): void;
  remove(attachmentId: string): void;
}

/** What of the popup they work on. */
interface AttachmentPorts {
  draftId(): string;
  attachments(): readonly Attachment[];
  report(failure: Failure): void;
  /** Asks for a change of the draft that is shown, and says `word` when it is done. */
  change(ask: (draftId: string) => Promise<Result<Draft>>, word: string): Promise<boolean>;
  takePixels(attachmentId: string): Promise<void>;
  /** Runs after what was asked for before; Send waits for it. */
  inTurn(work: () => Promise<unknown>): void;
}

export function createAttachmentActions(ports: AttachmentPorts): AttachmentActions {
  async function move(attachmentId: string, by: -1 | 1) {
    const shown = ports.attachments();
    const toIndex = shown.findIndex(({ id }) => id === attachmentId) + by;
    // Pressed twice in a row, it may stand at the end by now.
    if (toIndex < 0 || toIndex >= shown.length) return;
    await ports.change(
      draftId => send('attachment.move', { draftId, attachmentId, toIndex }),
      text('attachMoved', toIndex + 1, shown.length),
    );
  }
  return {
    attach: files => ports.inTurn(() => attachFiles(files, ports)),
    annotate: attachmentId => void openEditor(ports.draftId(), attachmentId),
    move: (attachmentId, by) => ports.inTurn(() => move(attachmentId, by)),
    followTicket: (attachmentId, followsTicket) =>
      void ports.change(
        draftId => send('attachment.followTicket', { draftId, attachmentId, followsTicket }),
        '',
      ),
    usePixels: attachmentId => ports.inTurn(() => ports.takePixels(attachmentId)),
    useAddress: attachmentId =>
      void ports.change(
        draftId => send('attachment.useAddress', { draftId, attachmentId }),
        text('attachAddressUsed'),
      ),
    remove: attachmentId =>
      void ports.change(draftId => send('attachment.remove', { draftId, attachmentId }), ''),
  };
}
