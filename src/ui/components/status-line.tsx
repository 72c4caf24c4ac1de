import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../../platform/localised-text.ts';
import { Button } from './button.tsx';

/** What the status line of a page says. An alarm stays marked, and can be copied and dismissed. */
export interface Said {
  message: string;
  kind: 'notice' | 'alarm';
}

export type Say = (message: string, kind?: Said['kind']) => void;

const nothing: Said = { message: '', kind: 'notice' };

/** What the page says now, and how to say the next thing. */
export function useSaid(): [Said, Say] {
  const [said, setSaid] = useState(nothing);
  return [said, (message, kind = 'notice') => setSaid({ message, kind })];
}

/** The one place of a page that says what happened. It keeps its room while it is empty, so that nothing jumps. */
export function StatusLine({ said, onDismiss }: { said: Said; onDismiss: () => void }) {
  const region = useRef<HTMLDivElement>(null);

  // The button that was pressed may be gone by now: the focus then goes to where the answer stands.
  useEffect(() => {
    if (said.message !== '' && document.activeElement === document.body) region.current?.focus();
  }, [said]);

  return (
    <div class={`status ${said.kind === 'alarm' ? 'status-alarm' : ''}`}>
      <div ref={region} role="status" tabIndex={-1}>
        {said.message}
      </div>
      {said.kind === 'alarm' && (
        <div class="row">
          <Button
            icon="copy"
            variant="quiet"
            label={text('copyMessage')}
            onPress={() => void navigator.clipboard.writeText(said.message)}
          />
          <Button icon="close" variant="quiet" label={text('dismiss')} onPress={onDismiss} />
        </div>
      )}
    </div>
  );
}
