import type { Draft } from '../draft.ts';
import {
  type AddressingField,
  addressingFields,
  type DraftText,
  type DraftTextField,
  textsOf,
  withTexts,
} from '../draft-texts.ts';
import { cutText } from '../text.ts';
import { countWords, maskWords, type WordReading } from './find-words.ts';

const textMask = '[redacted]';
/** Brackets would have to be encoded in an address. */
const addressMask = 'redacted';

/**
 * The draft with words masked wherever they stand in its texts: also in names of files and pictures, and on those, which raises their
 * `marksRevision`. An image whose address holds them leaves the draft. What says whom and what the ticket is for stays
 * (`wordsInDraft` tells of it), and so do the pixels of pictures.
 */
export function redactWordsInDraft(draft: Draft, phrases: readonly string[]): Draft {
  return withTexts(draft, ({ field, text, limitCharacters }) => {
    if (isAddressing(field)) return text;
    if (field === 'page_url') return addressWithout(text, phrases);
    const masked = maskWords(text, phrases, textMask, readingOf(field));
    return masked === text ? text : cutText(masked, limitCharacters);
  });
}

/** Where words stand in what leaves with a draft. */
export interface WordsInDraft {
  /** How often, where `redactWordsInDraft` masks them. */
  masked: number;
  /** How many images leave the draft then. */
  leavingImages: number;
  /** Where they stay. */
  stayIn: AddressingField[];
}

export function wordsInDraft(draft: Draft, phrases: readonly string[]): WordsInDraft {
  const texts = textsOf(draft).filter(({ isSent }) => isSent);
  const holding = texts.filter(text => countIn(text, phrases) > 0);
  const images = holding.filter(({ field }) => field === 'image-address');
  const others = holding.filter(({ field }) => field !== 'image-address' && !isAddressing(field));
  return {
    masked: others.reduce((sum, text) => sum + countIn(text, phrases), 0),
    leavingImages: images.length,
    stayIn: addressingFields.filter(name => holding.some(({ field }) => field === name)),
  };
}

function countIn({ field, text }: DraftText, phrases: readonly string[]): number {
  return phrases.reduce((sum, phrase) => sum + countWords(text, phrase, readingOf(field)), 0);
}

function isAddressing(field: DraftTextField): field is AddressingField {
  return addressingFields.some(name => name === field);
}

const names: readonly DraftTextField[] = [
  'page_url',
  'image-address',
  'kept-address',
  'picture-name',
  'customer-email',
  'property-name',
];

function readingOf(field: DraftTextField): WordReading {
  return names.includes(field) ? 'name' : 'text';
}

/** Where words go over what makes it an address (`https://`, a port), all of it goes. */
function addressWithout(url: string, phrases: readonly string[]): string {
  const masked = maskWords(url, phrases, addressMask, 'name');
  return URL.canParse(masked) || !URL.canParse(url) ? masked : `https://${addressMask}/`;
}
