import { useEffect, useRef, useState } from 'preact/hooks';
import type { KeyView } from '../contract/views.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { Button } from '../ui/components/button.tsx';
import { KeyForm } from '../ui/components/key-form.tsx';
import { Section } from '../ui/components/section.tsx';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';
import { oneAtATime } from '../ui/one-at-a-time.ts';

/** The API key, which goes in and never comes out: of the stored one only its end is known here. */
export function KeySection({ say }: { say: Say }) {
  const [key, setKey] = useState<KeyView | null>(null);
  const [isTesting, setTesting] = useState(false);
  const hasKey = key?.present === true;
  /** How often the key was changed from here. */
  const changes = useRef(0);

  const [describe] = useState(() =>
    oneAtATime(async () => {
      const described = await send('key.describe', {});
      if (described.ok) setKey(described.value);
      else say(failureText(described.failure), 'alarm');
    }),
  );

  async function test() {
    setTesting(true);
    say(text('keyTesting'));
    const before = changes.current;
    const tested = await send('key.test', {});
    setTesting(false);
    // Of a key that was replaced or removed since nothing is to be said.
    if (changes.current !== before) return;
    if (tested.ok) say(text('keyWorks'));
    else say(failureText(tested.failure), 'alarm');
  }

  async function remove() {
    const removed = await send('key.remove', {});
    changes.current += 1;
    if (removed.ok) say(text('keyRemoved'));
    else say(failureText(removed.failure), 'alarm');
    await describe();
  }

  useEffect(() => void describe(), [describe]);
  // The popup takes a key in too, over this very page, and another page may erase it: the outbox waits for it or goes on.
  useChange(({ about }) => void (about === 'outbox' && describe()));
  useDocumentEvent('visibilitychange', () => void (document.hidden || describe()));

  return (
    <Section heading={text('settingsKeyHeading')}>
      <KeyForm
        hint={text('settingsKeyHint')}
        onSaved={() => {
          changes.current += 1;
          say(text('keySaved'));
          void describe();
        }}
      />
      <div class="key-stored">
        <p>{key && keyText(key)}</p>
        <div class="row">
          <Button isOff={!hasKey || isTesting} onPress={() => void test()}>
            {text('keyTest')}
          </Button>
          <Button variant="danger" isOff={!hasKey} onPress={() => void remove()}>
            {text('keyRemove')}
          </Button>
        </div>
      </div>
    </Section>
  );
}

function keyText({ present, hint }: KeyView): string {
  if (!present) return text('keyNone');
  return hint === '' ? text('keyStoredShort') : text('keyStored', hint);
}
