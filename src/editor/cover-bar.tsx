import { clip } from '../core/text.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import type { CoverOffer } from './cover-offer.ts';

const shownCharacters = 80;

interface CoverBarProps {
  offer: CoverOffer;
  onCover: () => void;
  onDismiss: () => void;
}

/** Offers to cover the words under a redaction wherever the draft has them. It lies over the picture's lower edge. */
export function CoverBar({ offer, onCover, onDismiss }: CoverBarProps) {
  const { words, inPicture, inOtherPictures, inText } = offer;
  return (
    <section class="cover-bar" aria-label={text('coverLabel')}>
      <p>
        <q>{clip(words.join(', '), shownCharacters)}</q>{' '}
        <span class="hint">{text('coverCounts', inPicture, inOtherPictures, inText)}</span>
      </p>
      <Button onPress={onCover}>{text('coverEverywhere')}</Button>
      <Button icon="close" variant="quiet" label={text('dismiss')} onPress={onDismiss} />
    </section>
  );
}
