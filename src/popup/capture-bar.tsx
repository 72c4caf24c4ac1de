import { useRef } from 'preact/hooks';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import type { PopupActions, PopupState } from './use-popup.ts';

interface CaptureBarProps {
  state: PopupState;
  actions: PopupActions;
}

/** What can be added to the draft from here. */
export function CaptureBar({ state, actions }: CaptureBarProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <fieldset class="row" aria-label={text('captureGroup')}>
      <Button icon="screen" isOff={state.isCapturing} onPress={actions.addVisibleArea}>
        {text('captureVisibleArea')}
      </Button>
      <Button icon="quote" isOff={state.isCapturing} onPress={actions.addSelection}>
        {text('captureSelection')}
      </Button>
      <Button icon="attach" onPress={() => picker.current?.click()}>
        {text('attachFiles')}
      </Button>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={event => {
          actions.attachFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </fieldset>
  );
}
