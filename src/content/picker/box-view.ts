import type { Rect } from '../../core/image/geometry.ts';
import { windowView } from './content-space.ts';
import { type Overlay, say } from './overlay.ts';

const chipHeightPx = 24;
const chipGapPx = 6;
// Grips on a side would lie on those of the corners where the side is shorter.
const gripRoomPx = 60;
// A sentence at every step of a held key would never be heard to its end.
const spokenDelayMs = 400;

/** Draws what would be taken: outline, shade around it, size in words. */
export interface BoxView {
  /** `rect` in CSS px of the window; null shows that nothing is picked. */
  draw(rect: Rect | null, sizeWords: string): void;
  speak(sentence: string): void;
  /** Puts the panel out of the way while a person drags. */
  setDragging(isDragging: boolean): void;
  stop(): void;
}

export function createBoxView(overlay: Overlay): BoxView {
  const { box, shade, size, view, panel, spoken, take, gripElements } = overlay;
  let speaking: ReturnType<typeof setTimeout> | undefined;
  let isDragged = false;

  function drawPanel(rect: Rect | null): void {
    const {
      offsetLeft = 0,
      offsetTop = 0,
      width = innerWidth,
      height = innerHeight,
      scale = 1,
    } = visualViewport ?? {};
    Object.assign(view.style, {
      left: `${offsetLeft}px`,
      top: `${offsetTop}px`,
      // At the size that it has without pinch zoom.
      width: `${width * scale}px`,
      height: `${height * scale}px`,
      transform: scale === 1 ? '' : `scale(${1 / scale})`,
    });
    panel.classList.toggle('away', isDragged);
    // A region may lie under the panel; an element is pointed at through it.
    if (rect === null || isDragged || gripElements.size === 0) return;
    const zone = (panel.offsetHeight + 24) / scale;
    const isInTheWayBelow = rect.y + rect.height > offsetTop + height - zone;
    const isInTheWayAbove = rect.y < offsetTop + zone;
    panel.classList.toggle('above', isInTheWayBelow && !isInTheWayAbove);
  }

  return {
    draw(rect, sizeWords) {
      box.hidden = rect === null;
      size.hidden = rect === null;
      take.disabled = rect === null;
      drawPanel(rect);
      if (rect === null) {
        shade.style.clipPath = '';
        return;
      }
      const { x, y, width, height } = rect;
      const [right, bottom] = [x + width, y + height];
      shade.style.clipPath =
        'polygon(evenodd, 0 0, 100% 0, 100% 100%, 0 100%, 0 0, ' +
        `${x}px ${y}px, ${right}px ${y}px, ${right}px ${bottom}px, ${x}px ${bottom}px, ${x}px ${y}px)`;
      // The outline lies around what is taken and not over it.
      Object.assign(box.style, {
        left: `${x - 2}px`,
        top: `${y - 2}px`,
        width: `${width + 4}px`,
        height: `${height + 4}px`,
      });
      for (const [element, grip] of gripElements) {
        element.hidden = (grip.x === 0 && width < gripRoomPx) || (grip.y === 0 && height < gripRoomPx);
      }
      const seen = windowView();
      say(size, sizeWords);
      const above = y - chipHeightPx - chipGapPx;
      const top = above >= 0 ? above : Math.max(0, y + chipGapPx);
      size.style.top = `${Math.min(top, seen.height - chipHeightPx)}px`;
      size.style.left = `${Math.min(Math.max(0, x), Math.max(0, seen.width - size.offsetWidth))}px`;
    },
    speak(sentence) {
      clearTimeout(speaking);
      speaking = setTimeout(() => say(spoken, sentence), spokenDelayMs);
    },
    setDragging(isDragging) {
      isDragged = isDragging;
    },
    stop: () => clearTimeout(speaking),
  };
}
