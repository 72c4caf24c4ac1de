import { useLayoutEffect } from 'preact/hooks';
import type { Draft } from '../core/draft.ts';
import type { DraftProblem, FailureKind } from '../core/failure.ts';
import { text } from '../platform/localised-text.ts';
import { Banner } from '../ui/components/banner.tsx';
import { KeyForm } from '../ui/components/key-form.tsx';
import { failureText } from '../ui/failure-text.ts';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';
import { useKeptFocus } from '../ui/hooks/use-kept-focus.ts';
import { AttachmentList } from './attachment-list.tsx';
import { CaptureBar } from './capture-bar.tsx';
import { problemOf } from './draft-fields.ts';
import { DropZone } from './drop-zone.tsx';
import { FiledNotice } from './filed-notice.tsx';
import { isOnItsWay } from './job-status.ts';
import { OutboxNote } from './outbox-note.tsx';
import { PageDetailsPicker } from './page-details-picker.tsx';
import { pastedFiles } from './pasted-files.ts';
import { PopupFooter } from './popup-footer.tsx';
import { PopupHeader } from './popup-header.tsx';
import type { PopupState } from './popup-state.ts';
import { ReplyFields } from './reply-fields.tsx';
import { SecretsPanel } from './secrets-panel.tsx';
import { TicketFields } from './ticket-fields.tsx';
import { UnmaskedDialog } from './unmasked-dialog.tsx';
import { UnopenedPopup } from './unopened-popup.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { type PopupActions, usePopup } from './use-popup.ts';
import { useSecrets } from './use-secrets.ts';
import { canSendUnsaved, type UnsavedTicket, useUnsavedTicket } from './use-unsaved-ticket.ts';

/** What a page does not allow is news, not an alarm: everything else still works. */
const expected: ReadonlySet<FailureKind> = new Set([
  'page-refuses-script',
  'page-refuses-pixels',
  'page-disturbs',
  'capture-cancelled',
  'capture-running',
  'no-selection',
  'image-not-found',
]);

/** What is said beside the attachments. For what follows a ticket somebody has to be known whom it is from. */
const attachmentProblems: Readonly<Record<Draft['kind'], DraftProblem[]>> = {
  ticket: ['files-not-accepted'],
  reply: [],
};

/** The popup: the draft, or why there is none to show. */
export function Popup() {
  const { state, opening, actions } = usePopup();
  const unsaved = useUnsavedTicket();
  // What is typed meanwhile is answered, and has a draft to go into, before the draft takes its place.
  const isBusy = opening.isTrying || unsaved.isSending;
  const isOpen = state !== null && !isBusy && !(isFrozen(state) && hasWords(unsaved));
  const isChangeable = isOpen && !isFrozen(state);
  useKeptFocus();
  useDocumentEvent('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // Behind an open list of drafts, the draft is not what the keys are for.
    if (document.querySelector('dialog[open]')) return;
    if (isChangeable) actions.submit();
    else if (!isOpen && canSendUnsaved(opening.failure)) unsaved.send();
  });
  useDocumentEvent('paste', event => {
    const { clipboardData, target } = event;
    const isInField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    const files = [...(clipboardData?.files ?? [])];
    const pasted = pastedFiles({ files, text: clipboardData?.getData('text/plain') ?? '', isInField });
    if (pasted.length === 0) return;
    event.preventDefault();
    if (isChangeable) actions.attachments.attach(pasted);
  });
  const isDropping = useFileDrop(isChangeable, files => actions.attachments.attach(files));
  // Before the eye sees the draft without it.
  useLayoutEffect(() => {
    if (!isOpen || opening.failure === null) return;
    actions.takeOver(unsaved.title, unsaved.body, openedWord(unsaved));
    unsaved.clear();
    document.getElementById(`tab-${state.draft.kind}`)?.focus();
  }, [isOpen]);

  if (isOpen) {
    return (
      <>
        <DraftSurface state={state} actions={actions} />
        {isDropping && <DropZone isOpen={isChangeable} />}
      </>
    );
  }
  if (opening.failure === null) return <p class="opening">{text('loading')}</p>;
  return (
    <UnopenedPopup
      failure={opening.failure}
      opening={opening}
      unsaved={unsaved}
      onTryAgain={actions.openAgain}
    />
  );
}

/** What is captured, what is written around it, and Send. */
function DraftSurface({ state, actions }: { state: PopupState; actions: PopupActions }) {
  const { draft, problems } = state;
  const isOff = isFrozen(state);
  const isKeyRefused = state.job?.state.name === 'paused' && state.job.state.failure.kind === 'key-refused';
  const secrets = useSecrets(draft);
  const Fields = draft.kind === 'ticket' ? TicketFields : ReplyFields;

  return (
    <div class="popup">
      <PopupHeader kind={draft.kind} onSwitch={kind => actions.edit({ kind })} />
      <main>
        {!state.hasKey && (
          <section class="key-needed" aria-labelledby="key-needed-title">
            <h2 id="key-needed-title">{text('keyTitle')}</h2>
            <p class="hint">{text('keyExplain')}</p>
            <KeyForm onSaved={actions.keySaved} />
          </section>
        )}
        {state.hasKey && isKeyRefused && (
          <section class="key-needed">
            <KeyForm onSaved={actions.keySaved} />
          </section>
        )}
        <OutboxNote outbox={state.outbox} />
        {state.failures.map(failure => (
          <Banner
            key={JSON.stringify(failure)}
            kind={expected.has(failure.kind) ? 'notice' : 'alarm'}
            message={failureText(failure)}
            onDismiss={() => actions.dismiss(failure)}
          />
        ))}
        {state.filed && draft.kind === 'ticket' && !draft.isFiledNoticeClosed && (
          <FiledNotice filed={state.filed} actions={actions} />
        )}
        <div role="tabpanel" id="draft-panel" aria-labelledby={`tab-${draft.kind}`}>
          <fieldset class="draft" disabled={isOff}>
            <Fields draft={draft} problems={problems} onEdit={actions.edit} onChange={actions.change}>
              <CaptureBar state={state} actions={actions} />
              <AttachmentList
                kind={draft.kind}
                attachments={draft.attachments}
                problem={problemOf(problems, ...attachmentProblems[draft.kind])}
                actions={actions.attachments}
              />
              <SecretsPanel secrets={secrets} onMask={actions.mask} onKeep={actions.keep} />
            </Fields>
            {draft.kind === 'ticket' && <PageDetailsPicker draft={draft} onEdit={actions.edit} />}
          </fieldset>
        </div>
      </main>
      {state.unmasked && (
        <UnmaskedDialog
          secrets={state.unmasked}
          onMaskAndSend={() => actions.answerUnmasked('mask')}
          onSend={() => actions.answerUnmasked('keep')}
          onClose={() => actions.answerUnmasked(null)}
        />
      )}
      <PopupFooter state={state} isFrozen={isOff} actions={actions} />
    </div>
  );
}

/** While its job is being stored or sent the draft does not change. */
function isFrozen({ job, draft }: PopupState): boolean {
  return job?.draftId === draft.id && isOnItsWay(job);
}

function hasWords({ title, body }: UnsavedTicket): boolean {
  return title.trim() !== '' || body.trim() !== '';
}

/** What the status line says when the draft can be shown after all. */
function openedWord(unsaved: UnsavedTicket): string {
  if (hasWords(unsaved)) return text(unsaved.mayHaveArrived ? 'unsavedInDraftUnknown' : 'unsavedInDraft');
  return unsaved.said.message || text('openedAgain');
}
