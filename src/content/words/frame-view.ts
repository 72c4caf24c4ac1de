import { intersection, type Rect } from '../../core/image/geometry.ts';
import {
  boxOf,
  clientHeightOf,
  clientLeftOf,
  clientTopOf,
  clientWidthOf,
  placed,
  styleOf,
  type View,
} from './boxes.ts';

/** A frame smaller than this shows no words. */
const leastSidePx = 4;

interface FrameView {
  root: Element;
  view: View;
  /** What of the frame the window shows. */
  clip: Rect;
}

/**
 * The document in a frame and where it stands in the window.
 * `none`: no frame, its own children are seen; `out of reach`: it is seen and cannot be read, as it is of another origin.
 */
export function frameView(
  element: Element,
  view: View,
  clip: Rect,
): FrameView | 'none' | 'out of reach' | 'out of sight' {
  const inner = documentIn(element);
  if (inner === 'none') return 'none';
  const content = placed(contentBox(element), view);
  const shown = intersection(content, clip);
  if (shown === null || shown.width < leastSidePx || shown.height < leastSidePx) return 'out of sight';
  const window = inner?.defaultView;
  const root = inner?.documentElement;
  if (!window || !root || window.innerWidth === 0 || window.innerHeight === 0) {
    return inner === null ? 'out of reach' : 'out of sight';
  }
  return {
    root,
    clip: shown,
    view: {
      x: content.x,
      y: content.y,
      scaleX: content.width / window.innerWidth,
      scaleY: content.height / window.innerHeight,
    },
  };
}

/** Null for a document of another origin. */
function documentIn(element: Element): Document | null | 'none' {
  if (!('contentDocument' in element) || !('contentWindow' in element)) return 'none';
  // An object without a document shows a picture, or its own children.
  if (element.localName === 'object' && !element.contentWindow) return 'none';
  try {
    return (element as HTMLIFrameElement).contentDocument;
  } catch {
    return null;
  }
}

/** Where a frame shows its document, in the frame's own document: borders and padding left out, scaled as it is. */
function contentBox(element: Element): Rect {
  const box = boxOf(element);
  const style = styleOf(element);
  const px = (property: string) => Number.parseFloat(style?.getPropertyValue(property) ?? '') || 0;
  const borderX = px('border-left-width') + px('border-right-width');
  const borderY = px('border-top-width') + px('border-bottom-width');
  const scaleX = box.width / (clientWidthOf(element) + borderX || 1);
  const scaleY = box.height / (clientHeightOf(element) + borderY || 1);
  const [left, right] = [px('padding-left'), px('padding-right')];
  const [top, bottom] = [px('padding-top'), px('padding-bottom')];
  return {
    x: box.x + (clientLeftOf(element) + left) * scaleX,
    y: box.y + (clientTopOf(element) + top) * scaleY,
    width: Math.max(0, clientWidthOf(element) - left - right) * scaleX,
    height: Math.max(0, clientHeightOf(element) - top - bottom) * scaleY,
  };
}
