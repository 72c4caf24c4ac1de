import { isInside, selfAndAncestors } from './element-geometry.ts';
import { deepestAt } from './find-main-scroller.ts';
import type { PictureFrame } from './picture-frame.ts';

// Layout is in 64ths of a px, and what is half outside is seen none the less.
const slackPx = 0.5;

/** Whether all of it is in the window as it is, and nothing has to be scrolled or hidden for the picture. */
export function isWhollySeen(frame: PictureFrame): boolean {
  const place = frame.place();
  const clip = frame.clip();
  return (
    place !== null &&
    clip !== null &&
    place.x >= clip.x - slackPx &&
    place.y >= clip.y - slackPx &&
    place.x + place.width <= clip.x + clip.width + slackPx &&
    place.y + place.height <= clip.y + clip.height + slackPx &&
    !isUnderPinnedPart(frame)
  );
}

/**
 * Whether a header or footer that stays in the window lies over an edge of the picked element. An area was drawn over
 * what the person saw, whatever that was.
 */
function isUnderPinnedPart({ subject, place }: PictureFrame): boolean {
  const box = subject && place();
  if (!box) return false;
  const inset = Math.min(2, box.width / 2, box.height / 2);
  for (const y of [box.y + inset, box.y + box.height - inset]) {
    for (const share of [0.1, 0.5, 0.9]) {
      const hit = deepestAt(box.x + box.width * share, y);
      if (hit && !isInside(hit, subject) && !isInside(subject, hit) && isPinned(hit)) return true;
    }
  }
  return false;
}

function isPinned(element: Element): boolean {
  for (const around of selfAndAncestors(element)) {
    const { position } = getComputedStyle(around);
    if (position === 'fixed' || position === 'sticky') return true;
  }
  return false;
}
