import type { ImageAttachment } from '../draft.ts';
import { cutText } from '../text.ts';

/** What the stored record allows for the text of one mark, in UTF-16 units. */
const textLimitCharacters = 2_000;

/** The picture with the texts that marks put on it, and that go with it in words, changed; where one is another then, its `marksRevision` is one higher. */
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
