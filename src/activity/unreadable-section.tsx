import { useState } from 'preact/hooks';
import type { UnreadableView } from '../contract/views.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { Button } from '../ui/components/button.tsx';
import { ConfirmDialog } from '../ui/components/confirm-dialog.tsx';
import { Section } from '../ui/components/section.tsx';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { instantText } from '../ui/instant-text.ts';
import { saveFile } from '../ui/save-file.ts';

interface UnreadableSectionProps {
  records: UnreadableView[];
  say: Say;
  readAgain: () => Promise<unknown>;
}

/** What was put aside because it is damaged: the person decides what becomes of it. */
export function UnreadableSection({ records, say, readAgain }: UnreadableSectionProps) {
  async function save({ id, kind, foundAt }: UnreadableView) {
    const read = await send('unreadable.read', { id });
    if (!read.ok) return say(failureText(read.failure), 'alarm');
    const name = `capture-${kind}-${new Date(foundAt).toISOString().slice(0, 10)}.json`;
    saveFile(name, read.value.json, 'application/json');
    say(text('unreadableSaved', name));
  }

  async function discard(record: UnreadableView) {
    const discarded = await send('unreadable.discard', { id: record.id });
    await readAgain();
    if (discarded.ok) say(text('activityDiscarded', nameOf(record)));
    else say(failureText(discarded.failure), 'alarm');
  }

  return (
    <Section heading={text('unreadableHeading')}>
      <p>{text('unreadableHint')}</p>
      <ul aria-label={text('unreadableHeading')}>
        {records.map(record => (
          <UnreadableItem
            key={record.id}
            record={record}
            onSave={() => void save(record)}
            onDiscard={() => void discard(record)}
          />
        ))}
      </ul>
    </Section>
  );
}

interface UnreadableItemProps {
  record: UnreadableView;
  onSave: () => void;
  onDiscard: () => void;
}

function UnreadableItem({ record, onSave, onDiscard }: UnreadableItemProps) {
  const [isAsking, setAsking] = useState(false);
  const { foundAt } = record;
  const name = nameOf(record);
  return (
    <li class="job">
      <p class="job-name">{kindText(record)}</p>
      <p class="hint">
        <time dateTime={new Date(foundAt).toISOString()}>
          {text('unreadableFound', instantText(foundAt))}
        </time>
      </p>
      <div class="row">
        <Button label={text('actionOfItem', text('unreadableSave'), name)} onPress={onSave}>
          {text('unreadableSave')}
        </Button>
        <Button
          label={text('actionOfItem', text('actionDiscard'), name)}
          variant="quiet"
          onPress={() => setAsking(true)}
        >
          {text('actionDiscard')}
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          question={text('unreadableDiscard', name)}
          action={text('actionDiscard')}
          onConfirm={onDiscard}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function kindText({ kind }: UnreadableView): string {
  return text(kind === 'item' ? 'unreadableItem' : 'unreadableDraft');
}

/** One record among others of its kind, for whoever hears a button alone. */
function nameOf(record: UnreadableView): string {
  return text('unreadableNamed', kindText(record), instantText(record.foundAt));
}
