import type { ImageAttachment } from '../core/draft.ts';
import { type DescriptionPhrases, describeMarks } from '../core/marks/description.ts';
import { text } from '../platform/localised-text.ts';
import { createMeasure } from '../platform/paint-marks.ts';

const phrases: DescriptionPhrases = {
  step: (stepNumber, words) => text('noteStep', stepNumber, words),
  text: words => text('noteText', words),
};

/** What goes with a picture in words, below the ticket's text; null when there is nothing to say. */
export function notesOfPicture(attachment: ImageAttachment, position: number): string | null {
  const { name, cutAtPx, marks } = attachment;
  const notes = [
    ...(marks.length === 0 ? [] : describeMarks(attachment, phrases, createMeasure())),
    ...(cutAtPx === null ? [] : [text('noteCut', cutAtPx)]),
  ];
  return notes.length === 0 ? null : [text('notePicture', position, name), ...notes].join('\n');
}
