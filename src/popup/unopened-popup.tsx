import { useEffect, useRef } from 'preact/hooks';
import { bodyLimitCharacters } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { Field } from '../ui/components/field.tsx';
import { KeyForm } from '../ui/components/key-form.tsx';
import { type Said, StatusLine } from '../ui/components/status-line.tsx';
import { Unopened } from '../ui/components/unopened.tsx';
import { instantText } from '../ui/instant-text.ts';
import type { Opening } from './popup-state.ts';
import { UnmaskedDialog } from './unmasked-dialog.tsx';
import { canSendUnsaved, type UnsavedTicket } from './use-unsaved-ticket.ts';

interface UnopenedPopupProps {
  failure: Failure;
  opening: Opening;
  unsaved: UnsavedTicket;
  onTryAgain: () => void;
}

/** The popup while what is saved cannot be read. Where nothing can be saved either, a ticket can be sent all the same. */
export function UnopenedPopup({ failure, opening, unsaved, onTryAgain }: UnopenedPopupProps) {
  const status = useRef<HTMLDivElement>(null);
  const { isSending, needsKey, ticketNumber } = unsaved;
  const canSend = canSendUnsaved(failure);

  // The field that had the focus is switched off now: it goes to where the answer will stand.
  useEffect(() => {
    if (isSending) status.current?.focus();
  }, [isSending]);

  return (
    <div class="popup">
      <main>
        <h1 class="visually-hidden">{text('extensionName')}</h1>
        <Unopened failure={failure} isTrying={opening.isTrying || isSending} onTryAgain={onTryAgain} />
        {canSend && needsKey && (
          <section class="key-needed">
            <KeyForm onSaved={unsaved.keySaved} />
          </section>
        )}
        {canSend && <UnsavedFields unsaved={unsaved} />}
      </main>
      <footer class={canSend ? 'popup-footer' : 'popup-footer popup-footer-plain'}>
        <StatusLine said={saidOf(opening, unsaved)} region={status}>
          {ticketNumber !== null && (
            <Button
              icon="copy"
              variant="quiet"
              onPress={() => void navigator.clipboard.writeText(ticketNumber)}
            >
              {text('copyNumber')}
            </Button>
          )}
        </StatusLine>
        {canSend && (
          <div class="row row-end">
            <Button variant="primary" isOff={isSending} onPress={unsaved.send}>
              {text('unsavedSend')}
            </Button>
          </div>
        )}
      </footer>
      {unsaved.unmasked && (
        <UnmaskedDialog
          secrets={unsaved.unmasked}
          onMaskAndSend={() => unsaved.answerUnmasked('mask')}
          onSend={() => unsaved.answerUnmasked('keep')}
          onClose={() => unsaved.answerUnmasked(null)}
        />
      )}
    </div>
  );
}

function UnsavedFields({ unsaved }: { unsaved: UnsavedTicket }) {
  const { title, body, isMissingWords, isSending, edit } = unsaved;
  return (
    <section class="unsaved" aria-labelledby="unsaved-title">
      <h2 id="unsaved-title">{text('unsavedSend')}</h2>
      <p>{text('unsavedHint')}</p>
      <fieldset class="draft" disabled={isSending}>
        <Field label={text('fieldTitle')}>
          {control => (
            <input
              {...control}
              type="text"
              value={title}
              maxLength={fieldLimitsCharacters.title}
              placeholder={text('fieldTitlePlaceholder')}
              onInput={event => edit({ title: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={text('fieldDescription')} problem={isMissingWords ? text('unsavedEmpty') : undefined}>
          {control => (
            <textarea
              {...control}
              rows={5}
              value={body}
              maxLength={bodyLimitCharacters}
              onInput={event => edit({ body: event.currentTarget.value })}
            />
          )}
        </Field>
      </fieldset>
    </section>
  );
}

function saidOf({ isTrying, failedAgainAt }: Opening, { said }: UnsavedTicket): Said {
  if (isTrying) return { message: text('loading'), kind: 'notice' };
  if (said.message !== '' || failedAgainAt === null) return said;
  return { message: text('stillUnopened', instantText(failedAgainAt, 'medium')), kind: 'notice' };
}
