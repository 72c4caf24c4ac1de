import { useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { text } from '../platform/localised-text.ts';
import type { Say } from '../ui/components/status-line.tsx';
import { Unopened } from '../ui/components/unopened.tsx';
import { instantText } from '../ui/instant-text.ts';

interface UnopenedListProps {
  failure: Failure;
  say: Say;
  readAgain: () => Promise<Failure | null>;
}

/** In place of all lists: what is saved cannot be read, and why; it can be tried again. */
export function UnopenedList({ failure, say, readAgain }: UnopenedListProps) {
  const [isTrying, setTrying] = useState(false);

  async function tryAgain() {
    setTrying(true);
    say(text('loading'));
    const trouble = await readAgain();
    setTrying(false);
    say(trouble ? text('stillUnopened', instantText(Date.now(), 'medium')) : text('openedAgain'));
  }

  return <Unopened failure={failure} isTrying={isTrying} onTryAgain={() => void tryAgain()} />;
}
