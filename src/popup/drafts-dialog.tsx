import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DraftSummary } from '../contract/views.ts';
import { type Draft, isUntouched } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { Banner } from '../ui/components/banner.tsx';
import { Button } from '../ui/components/button.tsx';
import { DraftList } from '../ui/components/draft-list.tsx';
import { failureText } from '../ui/failure-text.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import { oneAtATime } from '../ui/one-at-a-time.ts';
import type { PopupActions } from './use-popup.ts';

interface DraftsDialogProps {
  /** The one that is written now. */
  current: Draft;
  actions: PopupActions;
  /** The dialog is closed; draw it no longer. */
  onClose: () => void;
}

/** What was put aside, over the whole popup. Opening one of them puts the current draft aside. */
export function DraftsDialog({ current, actions, onClose }: DraftsDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [drafts, setDrafts] = useState<DraftSummary[] | null>(null);
  const [unread, setUnread] = useState<Failure | null>(null);
  const [undiscarded, setUndiscarded] = useState<Failure | null>(null);
  const failure = undiscarded ?? unread;

  const [read] = useState(() =>
    oneAtATime(async () => {
      const listed = await send('drafts.list', {});
      if (listed.ok) setDrafts(listed.value);
      setUnread(listed.ok ? null : listed.failure);
    }),
  );

  async function open({ id, kind }: DraftSummary) {
    dialog.current?.close();
    // Whose id it has is another draft's: nothing of the one that is shown is asked for.
    const word = text(isUntouched(current) ? 'draftsOpened' : 'draftsOpenedOther');
    const isOpened = await actions.leave(() => send('drafts.open', { draftId: id }), word);
    // The button that opened this goes with the last draft, and the next one to it sends.
    if (isOpened) document.getElementById(`tab-${kind}`)?.focus();
  }

  async function discard({ id }: DraftSummary) {
    const discarded = await send('drafts.discard', { draftId: id });
    setUndiscarded(discarded.ok ? null : discarded.failure);
    await read();
  }

  function dismiss() {
    setUnread(null);
    setUndiscarded(null);
  }

  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => void read(), [read]);
  // A ticket that was sent may leave words aside that were written on since.
  useChange(({ about }) => void ((about === 'draft' || about === 'outbox') && read()));

  return (
    <dialog ref={dialog} class="drafts-dialog" aria-labelledby="drafts-title" onClose={onClose}>
      <div class="drafts-dialog-title">
        <h2 id="drafts-title">{text('drafts')}</h2>
        <Button
          icon="close"
          variant="quiet"
          label={text('draftsClose')}
          onPress={() => dialog.current?.close()}
        />
      </div>
      <p class="hint">{text('draftsHint')}</p>
      {failure && <Banner kind="alarm" message={failureText(failure)} onDismiss={dismiss} />}
      {drafts && drafts.length === 0 && <p>{text('draftsNone')}</p>}
      {drafts && drafts.length > 0 && (
        <DraftList
          drafts={drafts}
          onOpen={draft => void open(draft)}
          onDiscard={draft => void discard(draft)}
        />
      )}
    </dialog>
  );
}
