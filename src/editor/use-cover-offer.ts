import { useEffect, useState } from 'preact/hooks';
import type { CoverOffer } from './cover-offer.ts';
import { coverOffer } from './cover-offer.ts';
import { type EditorState, selectedMark } from './editor-state.ts';
import type { Picture } from './use-picture.ts';

/** Words are looked for once a box rests, and not while it is dragged. */
const restMs = 150;

/** What the selected redaction could cover elsewhere; null when there is nothing, or it was answered before. */
export function useCoverOffer(state: EditorState, picture: Picture): [CoverOffer | null, () => void] {
  const [offer, setOffer] = useState<CoverOffer | null>(null);
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const mark = selectedMark(state);
  const { marks } = state.history.present;

  useEffect(() => {
    if (mark?.tool !== 'redact') return setOffer(null);
    const timer = setTimeout(() => setOffer(coverOffer(mark, marks, picture)), restMs);
    return () => clearTimeout(timer);
  }, [mark, marks]);

  const isAnswered =
    offer !== null &&
    (dismissed.includes(offer.sourceId) || state.covered.some(({ sourceId }) => sourceId === offer.sourceId));
  const shown = offer !== null && offer.sourceId === mark?.id && !isAnswered ? offer : null;
  return [shown, () => offer && setDismissed([...dismissed, offer.sourceId])];
}
