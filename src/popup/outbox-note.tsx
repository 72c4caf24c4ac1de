import { useRef } from 'preact/hooks';
import type { OutboxCounts } from '../contract/views.ts';
import { text } from '../platform/localised-text.ts';
import { openActivity } from '../platform/tabs.ts';
import { Button } from '../ui/components/button.tsx';

/**
 * Says what else is not delivered yet, and leads there. Nothing when there is nothing; but once it stands there it
 * keeps its place, so that no field moves under the pointer when the last item is sent.
 */
export function OutboxNote({ outbox }: { outbox: OutboxCounts }) {
  const hasStood = useRef(false);
  const { needsPerson, waiting } = outbox;
  if (needsPerson + waiting > 0) hasStood.current = true;
  if (!hasStood.current) return null;
  return (
    <Button
      icon="activity"
      variant={needsPerson > 0 ? 'danger' : undefined}
      onPress={() => void openActivity()}
    >
      {noteText(outbox)}
    </Button>
  );
}

function noteText({ needsPerson, waiting }: OutboxCounts): string {
  if (needsPerson > 0) return text('outboxNeedsYou', needsPerson);
  return waiting > 0 ? text('outboxWaiting', waiting) : text('outboxEmpty');
}
