import { useEffect, useState } from 'preact/hooks';
import { hasHostAccess, onHostAccessChanged, requestHostAccess } from '../platform/host-access.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import type { Say } from '../ui/components/status-line.tsx';

/** Says that the browser keeps Assembly out of reach, and lets it be allowed. Draws nothing when all is well. */
export function HostAccessNotice({ say }: { say: Say }) {
  const [isMissing, setMissing] = useState(false);

  useEffect(() => {
    const look = () => void hasHostAccess().then(hasAccess => setMissing(!hasAccess));
    look();
    return onHostAccessChanged(look);
  }, []);

  async function allow() {
    const isAllowed = await requestHostAccess();
    setMissing(!isAllowed);
    if (isAllowed) say(text('hostAccessGiven'));
    else say(text('hostAccessRefused'), 'alarm');
  }

  if (!isMissing) return null;
  return (
    <div class="banner banner-alarm host-access">
      <p>{text('hostAccessMissing')}</p>
      <Button onPress={() => void allow()}>{text('hostAccessAllow')}</Button>
    </div>
  );
}
