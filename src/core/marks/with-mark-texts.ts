import type { ImageAttachment } from '../draft.ts';
import { cutText } from '../text.ts';

/** What the stored record allows for the text of one mark, in UTF-16 units. */
const textLimitCharacters = 2_000;

/** The texts that marks put on a picture, and that go with it in words. */
export function markTexts({ marks }: Pick<ImageAttachment, 'marks'>): string[] {
  return marks.flatMap(mark => (mark.tool === 'text' || mark.tool === 'step' ? [mark.text] : []));
}

/** The picture with those texts changed; where one is another then, its `marksRevision` is one higher. */
export function withMarkTexts(picture: ImageAttachment, change: (text: string) => string): ImageAttachment {
  let isChanged = false;
  const marks = picture.marks.map(mark => {
    if (mark.tool !== 'text' && mark.tool !== 'step') return mark;
    const text = change(mark.text);
    if (text === mark.text) return mark;
    isChanged = true;
    return { ...mark, text: cutText(text, textLimitCharacters) };
  });
  return isChanged ? { ...picture, marks, marksRevision: picture.marksRevision + 1 } : picture;
}
