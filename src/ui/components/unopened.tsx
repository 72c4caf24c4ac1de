import type { Failure } from '../../core/failure.ts';
import { text } from '../../platform/localised-text.ts';
import { failureText } from '../failure-text.ts';
import { Button } from './button.tsx';

interface UnopenedProps {
  failure: Failure;
  isTrying: boolean;
  onTryAgain: () => void;
}

/** Says why a page has nothing to show: what is saved cannot be read. */
export function Unopened({ failure, isTrying, onTryAgain }: UnopenedProps) {
  return (
    <section class="unopened">
      <div role="alert">
        <h2>{text('unopenedTitle')}</h2>
        <p>{failureText(failure)}</p>
      </div>
      <Button isOff={isTrying} onPress={onTryAgain}>
        {text('tryAgain')}
      </Button>
    </section>
  );
}
