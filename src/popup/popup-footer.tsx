import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { type Said, StatusLine } from '../ui/components/status-line.tsx';
import { useNextTries } from '../ui/hooks/use-next-tries.ts';
import { DraftsDialog } from './drafts-dialog.tsx';
import { jobStatus } from './job-status.ts';
import type { PopupState } from './popup-state.ts';
import type { PopupActions } from './use-popup.ts';

interface PopupFooterProps {
  state: PopupState;
  isFrozen: boolean;
  actions: PopupActions;
}

/** The status line and Send. The line keeps its place when it is empty, so that nothing jumps. */
export function PopupFooter({ state, isFrozen, actions }: PopupFooterProps) {
  const status = useRef<HTMLDivElement>(null);
  const [isShowingDrafts, setShowingDrafts] = useState(false);
  const { job, draft } = state;
  const said = saidOf(state);
  const now = useNextTries(said.nextTryAt ? [said.nextTryAt] : [], actions.lookAgain);
  const ticketNumber = job?.state.name === 'sent' ? job.state.ticketNumber : null;

  // The button that was pressed is switched off now: the focus goes to where the answer will stand.
  useEffect(() => {
    if (isFrozen) status.current?.focus();
  }, [isFrozen]);

  return (
    <footer class="popup-footer">
      <StatusLine said={said} region={status} now={now}>
        {ticketNumber !== null && !state.word && (
          <Button
            icon="copy"
            variant="quiet"
            onPress={() => void navigator.clipboard.writeText(ticketNumber)}
          >
            {text('copyNumber')}
          </Button>
        )}
        {state.capture && (
          <Button variant="quiet" onPress={actions.cancelCapture}>
            {text('captureCancel')}
          </Button>
        )}
      </StatusLine>
      <div class="row">
        <div class="row">
          <Button variant="quiet" onPress={actions.startOver}>
            {text('startOver')}
          </Button>
          {state.draftsAside > 0 && (
            <Button variant="quiet" onPress={() => setShowingDrafts(true)}>
              {text('draftsCount', state.draftsAside)}
            </Button>
          )}
        </div>
        <Button variant="primary" isOff={isFrozen} onPress={actions.submit}>
          {text(draft.kind === 'ticket' ? 'sendTicket' : 'sendReply')}
        </Button>
      </div>
      {isShowingDrafts && (
        <DraftsDialog current={draft} actions={actions} onClose={() => setShowingDrafts(false)} />
      )}
    </footer>
  );
}

function saidOf({ isCapturing, capture, word, job }: PopupState): Said {
  if (capture && capture.total > 1) {
    return { message: text('capturingPart', capture.done, capture.total), kind: 'notice' };
  }
  if (isCapturing || capture) return { message: text('capturing'), kind: 'notice' };
  if (word !== '' || !job) return { message: word, kind: 'notice' };
  return jobStatus(job);
}
