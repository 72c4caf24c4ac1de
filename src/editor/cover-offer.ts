import type { AddressingField } from '../core/draft-texts.ts';
import { outwardRect, type Point, type Rect } from '../core/image/geometry.ts';
import { grow } from '../core/marks/bounds.ts';
import { isIn } from '../core/marks/hit-test.ts';
import type { Mark } from '../core/marks/mark.ts';
import { placesOfWords, wordsUnder } from '../core/redaction/find-words.ts';
import { wordsInDraft } from '../core/redaction/redact-words-in-draft.ts';
import type { Picture } from './use-picture.ts';

/** The words under a redaction, and where else they stand. */
export interface CoverOffer {
  sourceId: string;
  words: string[];
  /** Boxes in this picture that no redaction covers wholly yet, on whole px; also that of a word half covered by hand. */
  boxes: Rect[];
  /** How many of them are elsewhere. */
  inPicture: number;
  inOtherPictures: number;
  /** In the draft's texts, whichever of them is sent. */
  inText: number;
  /** Images that leave the draft, for their address holds the words. */
  leavingImages: number;
  /** The fields in which the words stay. */
  stayIn: AddressingField[];
}

/** What can be covered along with a redaction by hand; null when its words stand nowhere else. */
export function coverOffer(mark: Mark, marks: readonly Mark[], picture: Picture): CoverOffer | null {
  if (mark.tool !== 'redact' || mark.found !== null || !picture.words) return null;
  const words = wordsUnder(picture.words, mark.rect);
  if (words.length === 0) return null;
  const { draft } = picture;
  const own = picture.words;
  const boxes = words.flatMap(phrase => placesOfWords(own, phrase)).map(box => outwardRect(grow(box, 1)));
  const count = (counts: number[]) => counts.reduce((sum, one) => sum + one, 0);
  const open = withoutDoubles(boxes).filter(box => !isCovered(box, marks));
  const inTexts = wordsInDraft(draft, words);
  const offer = {
    sourceId: mark.id,
    words,
    boxes: open,
    inPicture: open.filter(box => !isIn(middleOf(box), mark.rect)).length,
    inOtherPictures: count(
      picture.otherWords.flatMap(page => words.map(phrase => placesOfWords(page, phrase).length)),
    ),
    inText: inTexts.masked,
    leavingImages: inTexts.leavingImages,
    stayIn: inTexts.stayIn,
  };
  return offer.inPicture + offer.inOtherPictures + offer.inText + offer.leavingImages > 0 ? offer : null;
}

/** Wholly, but for the margin that every box gets. */
function isCovered(box: Rect, marks: readonly Mark[]): boolean {
  const { x, y, width, height } = grow(box, -2);
  const corners = [
    { x, y },
    { x: x + width, y: y + height },
  ];
  return marks.some(mark => mark.tool === 'redact' && corners.every(corner => isIn(corner, mark.rect)));
}

function middleOf({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

function withoutDoubles(boxes: readonly Rect[]): Rect[] {
  const byPlace = new Map(boxes.map(box => [`${box.x} ${box.y} ${box.width} ${box.height}`, box]));
  return [...byPlace.values()];
}
