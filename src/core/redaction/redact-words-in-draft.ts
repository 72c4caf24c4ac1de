import { type Attachment, bodyLimitCharacters, type Draft } from '../draft.ts';
import { fieldLimitsCharacters } from '../field-limits.ts';
import { withMarkTexts } from '../marks/with-mark-texts.ts';
import { cutText } from '../text.ts';
import { maskWords, replaced, stretchesOfWords } from './find-words.ts';

const textMask = '[redacted]';
/** Brackets would have to be encoded in an address. */
const addressMask = 'redacted';

/** A mask may be longer than what it stands for; the stored record allows more than a title needs. */
const pageTitleLimitCharacters = 1_000;

/**
 * The draft with words masked wherever they stand in its texts: also in names of files and pictures, and on those, which raises their
 * `marksRevision`. The customer's fields stay, and so do the pixels of pictures.
 */
export function redactWordsInDraft(draft: Draft, phrases: readonly string[]): Draft {
  const masked = (words: string) => maskWords(words, phrases, textMask);
  const cut = (words: string, limitCharacters: number) => {
    const text = masked(words);
    return text === words ? words : cutText(text, limitCharacters);
  };
  const maskedAttachment = (attachment: Attachment): Attachment => {
    if (attachment.kind === 'image-url') return attachment;
    const name = cut(attachment.name, fieldLimitsCharacters.fileName);
    if (attachment.kind === 'file') return { ...attachment, name };
    return withMarkTexts({ ...attachment, name }, masked);
  };
  const { page_title, page_url } = draft.page;
  return {
    ...draft,
    title: cut(draft.title, fieldLimitsCharacters.title),
    body: cut(draft.body, bodyLimitCharacters),
    page: {
      ...draft.page,
      ...(page_title === undefined ? {} : { page_title: cut(page_title, pageTitleLimitCharacters) }),
      ...(page_url === undefined ? {} : { page_url: addressWithout(page_url, phrases) }),
    },
    properties: draft.properties.map(property => ({
      ...property,
      value: cut(property.value, fieldLimitsCharacters.propertyValue),
    })),
    attachments: draft.attachments.map(maskedAttachment),
  };
}

/** Where words go over what makes it an address (`https://`, a port), all of it goes. */
function addressWithout(url: string, phrases: readonly string[]): string {
  // A plus sign is a blank in a query.
  const stretches = [url, url.replaceAll('+', ' ')].flatMap(read => stretchesOfWords(read, phrases));
  const masked = replaced(url, stretches, addressMask);
  return URL.canParse(masked) || !URL.canParse(url) ? masked : `https://${addressMask}/`;
}
