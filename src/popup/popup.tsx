import type { FailureKind } from '../core/failure.ts';
import { text } from '../platform/localised-text.ts';
import { Banner } from '../ui/components/banner.tsx';
import { KeyForm } from '../ui/components/key-form.tsx';
import { failureText } from '../ui/failure-text.ts';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';
import { useKeptFocus } from '../ui/hooks/use-kept-focus.ts';
import { AttachmentList } from './attachment-list.tsx';
import { CaptureBar } from './capture-bar.tsx';
import { isOnItsWay } from './job-status.ts';
import { OutboxNote } from './outbox-note.tsx';
import { PageDetailsPicker } from './page-details-picker.tsx';
import { PopupFooter } from './popup-footer.tsx';
import { PopupHeader } from './popup-header.tsx';
import { ReplyFields } from './reply-fields.tsx';
import { TicketFields } from './ticket-fields.tsx';
import { usePopup } from './use-popup.ts';

/** What a page does not allow is news, not an alarm: everything else still works. */
const expected: ReadonlySet<FailureKind> = new Set([
  'page-refuses-script',
  'page-refuses-pixels',
  'not-yet',
  'no-selection',
  'image-not-public',
]);

/** The popup: what is captured, what is written around it, and Send. */
export function Popup() {
  const [state, actions] = usePopup();
  useKeptFocus();
  useDocumentEvent('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    actions.submit();
  });
  useDocumentEvent('paste', event => {
    const images = [...(event.clipboardData?.files ?? [])].filter(file => file.type.startsWith('image/'));
    if (images.length === 0) return;
    event.preventDefault();
    actions.attachFiles(images);
  });
  if (!state) return <p class="opening">{text('loading')}</p>;
  const { draft, problems } = state;
  const isFrozen = state.job?.draftId === draft.id && isOnItsWay(state.job);

  const isKeyRefused = state.job?.state.name === 'paused' && state.job.state.failure.kind === 'key-refused';
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
        <div role="tabpanel" id="draft-panel" aria-labelledby={`tab-${draft.kind}`}>
          <fieldset class="draft" disabled={isFrozen}>
            <Fields draft={draft} problems={problems} onEdit={actions.edit}>
              <CaptureBar state={state} actions={actions} />
              <AttachmentList attachments={draft.attachments} onRemove={actions.removeAttachment} />
            </Fields>
            {draft.kind === 'ticket' && <PageDetailsPicker draft={draft} onEdit={actions.edit} />}
          </fieldset>
        </div>
      </main>
      <PopupFooter state={state} isFrozen={isFrozen} actions={actions} />
    </div>
  );
}
