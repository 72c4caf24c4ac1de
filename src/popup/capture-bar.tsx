import { useRef, useState } from 'preact/hooks';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import type { PopupState } from './popup-state.ts';
import type { PopupActions } from './use-popup.ts';

interface CaptureBarProps {
  state: PopupState;
  actions: PopupActions;
}

/** Seconds before a capture, in which a menu can be opened or something pointed at. */
const delaysSeconds = [0, 3, 5];

/** What can be added to the draft from here. */
export function CaptureBar({ state, actions }: CaptureBarProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [delaySeconds, setDelaySeconds] = useState(0);
  const isOff = state.isCapturing || state.capture !== null;
  return (
    <fieldset class="capture-bar" aria-label={text('captureGroup')}>
      <div class="capture-tiles">
        <Button icon="screen" isOff={isOff} onPress={() => actions.addPicture('visible-area', delaySeconds)}>
          {text('captureVisibleArea')}
        </Button>
        <Button icon="region" isOff={isOff} onPress={() => actions.pick('region', delaySeconds)}>
          {text('captureRegion')}
        </Button>
        <Button icon="element" isOff={isOff} onPress={() => actions.pick('element', delaySeconds)}>
          {text('captureElement')}
        </Button>
        <Button icon="page" isOff={isOff} onPress={() => actions.addPicture('full-page', delaySeconds)}>
          {text('captureFullPage')}
        </Button>
      </div>
      <div class="row">
        <Button icon="quote" isOff={isOff} onPress={actions.addSelection}>
          {text('captureSelection')}
        </Button>
        <Button icon="attach" onPress={() => picker.current?.click()}>
          {text('attachFiles')}
        </Button>
        <select
          class="capture-delay"
          aria-label={text('captureDelay')}
          value={delaySeconds}
          onChange={event => setDelaySeconds(Number(event.currentTarget.value))}
        >
          {delaysSeconds.map(seconds => (
            <option key={seconds} value={seconds}>
              {seconds === 0 ? text('delayNone') : text('delaySeconds', seconds)}
            </option>
          ))}
        </select>
      </div>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={event => {
          actions.attachments.attach([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </fieldset>
  );
}
