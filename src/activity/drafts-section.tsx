import { useState } from 'preact/hooks';
import type { DraftSummary } from '../contract/views.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { Button } from '../ui/components/button.tsx';
import { DraftList } from '../ui/components/draft-list.tsx';
import { Section } from '../ui/components/section.tsx';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { useAlone } from './use-alone.ts';
import type { NoteDrafts } from './use-drafts.ts';

interface DraftsSectionProps {
  drafts: DraftSummary[];
  say: Say;
  readDrafts: () => Promise<unknown>;
  noteDrafts: NoteDrafts;
}

const shownFirst = 3;

/** What was put aside, so that it can be gone on with; the newest of it first. */
export function DraftsSection({ drafts, say, readDrafts, noteDrafts }: DraftsSectionProps) {
  const [isWhole, setWhole] = useState(false);
  const alone = useAlone();

  async function open({ id }: DraftSummary) {
    const wasPutAside = noteDrafts();
    const opened = await send('drafts.open', { draftId: id });
    const isAside = await wasPutAside();
    if (!opened.ok) return say(failureText(opened.failure), 'alarm');
    const words = text('activityEditOpened');
    say(isAside ? `${words} ${text('activityOtherAside')}` : words);
  }

  async function discard({ id }: DraftSummary) {
    const discarded = await send('drafts.discard', { draftId: id });
    await readDrafts();
    if (!discarded.ok) return say(failureText(discarded.failure), 'alarm');
    say(text('draftsDiscarded'));
  }

  return (
    <Section heading={text('drafts')}>
      <DraftList
        drafts={isWhole ? drafts : drafts.slice(0, shownFirst)}
        onOpen={draft => alone(draft.id, () => open(draft))}
        onDiscard={draft => void discard(draft)}
      />
      {drafts.length > shownFirst && (
        <div class="row">
          <Button variant="quiet" onPress={() => setWhole(!isWhole)}>
            {isWhole ? text('activityFewerDrafts') : text('activityAllDrafts', drafts.length)}
          </Button>
        </div>
      )}
    </Section>
  );
}
