import type { AddressingField } from '../core/draft-texts.ts';
import { clip } from '../core/text.ts';
import { type TextKey, text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import type { CoverOffer } from './cover-offer.ts';

const shownCharacters = 80;

const fieldTexts: Record<AddressingField, TextKey> = {
  'customer-email': 'coverStayEmail',
  'customer-name': 'coverStayCustomer',
  company: 'coverStayCompany',
  category: 'coverStayCategory',
  'reply-target': 'coverStayTarget',
  'property-name': 'coverStayProperty',
};

interface CoverBarProps {
  offer: CoverOffer;
  onCover: () => void;
  onDismiss: () => void;
}

/** Offers to cover the words under a redaction wherever the draft has them. It lies over the picture's lower edge. */
export function CoverBar({ offer, onCover, onDismiss }: CoverBarProps) {
  const { words, inPicture, inOtherPictures, inText, leavingImages, stayIn } = offer;
  const stay = stayIn.map(field => text(fieldTexts[field])).join(', ');
  return (
    <section class="cover-bar" aria-label={text('coverLabel')}>
      <p>
        <q>{clip(words.join(', '), shownCharacters)}</q>{' '}
        <span class="hint">{text('coverCounts', inPicture, inOtherPictures, inText)}</span>
        {leavingImages > 0 && <span class="hint"> {text('coverImagesLeave', leavingImages)}</span>}
        {stay !== '' && <span class="hint"> {text('coverStay', stay)}</span>}
      </p>
      <div class="cover-actions">
        <Button onPress={onCover}>{text('coverEverywhere')}</Button>
        <Button icon="close" variant="quiet" label={text('dismiss')} onPress={onDismiss} />
      </div>
    </section>
  );
}
