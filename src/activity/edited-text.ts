import type { EditedView } from '../contract/views.ts';
import { text } from '../platform/localised-text.ts';

/** Where the draft of an item is now, and what could not be brought back of it. */
export function editedText({ draft, isRebuilt, missingFiles }: EditedView): string {
  const opened = text('activityEditOpened');
  if (!isRebuilt) return opened;
  const hasPictures = draft.attachments.some(({ kind }) => kind === 'image');
  const missing =
    missingFiles === 1 ? text('activityEditFileGone') : text('activityEditFilesGone', missingFiles);
  return [
    opened,
    text('activityEditRebuilt'),
    hasPictures ? text('activityEditFlat') : '',
    missingFiles === 0 ? '' : missing,
  ]
    .filter(Boolean)
    .join(' ');
}
