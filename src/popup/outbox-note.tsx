import type { OutboxCounts } from '../contract/views.ts';
import { text } from '../platform/localised-text.ts';
import { openActivity } from '../platform/tabs.ts';
import { Button } from '../ui/components/button.tsx';

/** Says what else is not delivered yet, and leads there. Nothing when there is nothing. */
export function OutboxNote({ outbox }: { outbox: OutboxCounts }) {
  const { needsPerson, waiting } = outbox;
  if (needsPerson + waiting === 0) return null;
  return (
    <Button
      icon="activity"
      variant={needsPerson > 0 ? 'danger' : undefined}
      onPress={() => void openActivity()}
    >
      {needsPerson > 0 ? text('outboxNeedsYou', needsPerson) : text('outboxWaiting', waiting)}
    </Button>
  );
}
