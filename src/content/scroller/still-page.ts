import { openShadowRootOf } from '../selection/unclobbered.ts';
import { allElements } from './all-elements.ts';
import { overrideStyle } from './override-style.ts';

// `overflow-anchor`: the browser would move the page by itself when pictures above come in.
const stillCss = `* {
  scroll-behavior: auto !important;
  scroll-snap-type: none !important;
  overflow-anchor: none !important;
}`;

// An animation that is over by then is taken at its end, as the person would see it; a longer one is held.
const longAnimationMs = 10_000;
const animationLimit = 500;

export interface StillPage {
  /** Stills what has begun to move since. */
  stillAgain(): void;
  restore(): void;
}

/** Stops what moves by itself: smooth scrolling, snapping, animations and transitions, the caret. */
export function stillPage(): StillPage {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(stillCss);
  const roots = [document, ...openRoots()];
  for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const showCaret = hideCaret();
  const held = new Map<Animation, number>();

  const stillAgain = () => {
    for (const animation of document.getAnimations().slice(0, animationLimit))
      stillAnimation(animation, held);
  };
  stillAgain();
  return {
    stillAgain,
    restore() {
      showCaret?.();
      for (const root of roots) {
        root.adoptedStyleSheets = root.adoptedStyleSheets.filter(other => other !== sheet);
      }
      for (const [animation, rate] of held) animation.playbackRate = rate;
      held.clear();
    },
  };
}

/** By an override and not in the sheet: from there a page's `transition: all` would animate it back. */
function hideCaret(): (() => void) | null {
  let focused = document.activeElement;
  for (let depth = 0; focused && depth < 20; depth++) {
    const inner = openShadowRootOf(focused)?.activeElement;
    if (!inner) break;
    focused = inner;
  }
  return focused && overrideStyle(focused, { 'caret-color': 'rgba(0, 0, 0, 0)' });
}

function* openRoots(): Generator<ShadowRoot> {
  for (const element of allElements()) {
    const root = openShadowRootOf(element);
    if (root) yield root;
  }
}

function stillAnimation(animation: Animation, held: Map<Animation, number>): void {
  // What follows scrolling is where it belongs; what is not running does not move.
  if (animation.timeline !== document.timeline || animation.playState !== 'running') return;
  if (held.has(animation)) return;
  const end = Number(animation.effect?.getComputedTiming().endTime);
  try {
    if (end <= longAnimationMs) animation.finish();
    else {
      // A rate of 0, and not `pause()`: after that the page's own `animation-play-state` would be ignored for good.
      held.set(animation, animation.playbackRate);
      animation.playbackRate = 0;
    }
  } catch {
    // The page changed it meanwhile; it is stilled at the next look.
  }
}
