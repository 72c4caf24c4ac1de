import type { Draft } from '../core/draft.ts';
import { text } from '../platform/localised-text.ts';
import { openActivity, openSettings } from '../platform/tabs.ts';
import { Button } from '../ui/components/button.tsx';

const kinds = ['ticket', 'reply'] as const;

interface PopupHeaderProps {
  kind: Draft['kind'];
  onSwitch: (kind: Draft['kind']) => void;
}

/** The two tabs, and the ways to the other pages. Arrow keys move between the tabs, as the ARIA pattern says. */
export function PopupHeader({ kind, onSwitch }: PopupHeaderProps) {
  function moveByKeys(event: KeyboardEvent) {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = kind === 'ticket' ? 'reply' : 'ticket';
    onSwitch(other);
    document.getElementById(`tab-${other}`)?.focus();
  }

  return (
    <header class="popup-header">
      <h1 class="visually-hidden">{text('extensionName')}</h1>
      <div role="tablist" aria-label={text('tabsLabel')} onKeyDown={moveByKeys}>
        {kinds.map(each => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            aria-selected={kind === each}
            aria-controls="draft-panel"
            tabIndex={kind === each ? 0 : -1}
            onClick={() => onSwitch(each)}
          >
            {text(each === 'ticket' ? 'tabTicket' : 'tabReply')}
          </button>
        ))}
      </div>
      <nav class="row">
        <Button
          icon="activity"
          variant="quiet"
          label={text('openActivity')}
          onPress={() => void openActivity()}
        />
        <Button
          icon="settings"
          variant="quiet"
          label={text('openSettings')}
          onPress={() => void openSettings()}
        />
      </nav>
    </header>
  );
}
