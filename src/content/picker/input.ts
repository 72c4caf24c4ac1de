import type { Point } from '../../core/image/geometry.ts';
import type { Overlay } from './overlay.ts';

/** What a person does to the overlay. Only events that the browser itself made get here. */
export interface PickerActions {
  /** A press; `on` is the part of the overlay that it hit. */
  press(at: Point, on: Element, event: PointerEvent): void;
  move(at: Point, event: PointerEvent): void;
  /** The press ended; `isCancelled` when the browser took the pointer away. */
  release(at: Point, isCancelled: boolean, event: PointerEvent): void;
  wheel(at: Point, by: Point): void;
  key(event: KeyboardEvent): void;
  take(): void;
  leave(): void;
  /** The page scrolled, or the window has another size. */
  shift(): void;
}

interface InputGuard {
  isOurs(x: number, y: number): boolean;
}

const pointerTypes =
  'pointerdown pointermove pointerup pointercancel pointerover pointerout pointerrawupdate gotpointercapture ' +
  'lostpointercapture mousedown mousemove mouseup mouseover mouseout dblclick auxclick contextmenu touchstart ' +
  'touchmove touchend touchcancel dragstart selectstart';
const focusTypes = 'focus blur focusin focusout';
const keyTypes = 'keydown keypress keyup';
const handledKeys = /^(?:Arrow(?:Left|Right|Up|Down)|Tab|Enter|Escape)$/;
const lineHeightPx = 40;
// A key may be held for a moment; the rest of a press comes at once, before anyone can press again.
const keyRestMs = 1_000;
const pressRestMs = 100;

/**
 * Listens at the window, before the event goes down to the page, and lets nothing of it pass. A page that listens
 * there too and was first still hears, and can hold the event back: then the overlay does nothing.
 * Returns the end of listening.
 */
export function listenToPerson(overlay: Overlay, guard: InputGuard, actions: PickerActions): () => void {
  const { host, root, take, leave } = overlay;
  const listening = new AbortController();
  const { signal } = listening;
  const heldKeys = new Set<string>();
  let pressedPointer: number | null = null;
  let endedByPointer = false;

  const on = (types: string, listen: (event: Event) => void, passive = false) => {
    for (const type of types.split(' ')) {
      window.addEventListener(
        type,
        event => {
          if (event.isTrusted) listen(event);
        },
        { capture: true, passive, signal },
      );
    }
  };

  on(pointerTypes, event => {
    // A press that began on the overlay stays ours, even when the page catches the pointer.
    const isHeld = event instanceof PointerEvent && event.pointerId === pressedPointer;
    if (event.target !== host && !isHeld) return;
    event.stopImmediatePropagation();
    // Else the page's selection and focus would go, and a long touch would open a menu.
    if (event.type !== 'touchmove' && event.cancelable && !/^touch(?:start|end)$/.test(event.type)) {
      event.preventDefault();
    }
    if (event instanceof PointerEvent) handlePointer(event);
  });

  function handlePointer(event: PointerEvent): void {
    const at = { x: event.clientX, y: event.clientY };
    if (event.type === 'pointerdown') {
      const hit = root.elementFromPoint(at.x, at.y);
      if (pressedPointer !== null || !event.isPrimary || event.button !== 0 || !hit) return;
      if (!guard.isOurs(at.x, at.y) || hit === take || hit === leave) return;
      pressedPointer = event.pointerId;
      // Moves past the window's edge then come too. The pointer may be gone already.
      tryTo(() => overlay.area.setPointerCapture(event.pointerId));
      actions.press(at, hit, event);
    } else if (event.type === 'pointermove' && event.isPrimary) {
      const isOnButton = pressedPointer === null && [take, leave].some(button => button.matches(':hover'));
      if (!isOnButton) actions.move(at, event);
    } else if (/^pointer(?:up|cancel)$/.test(event.type) && event.pointerId === pressedPointer) {
      pressedPointer = null;
      endedByPointer = true;
      tryTo(() => overlay.area.releasePointerCapture(event.pointerId));
      actions.release(at, event.type === 'pointercancel', event);
    }
  }

  on('click', event => {
    if (event.target !== host || !(event instanceof MouseEvent)) return;
    // A press of a key or of a screen reader says no place: the button itself hears it, below.
    if (event.detail === 0) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    const hit = guard.isOurs(event.clientX, event.clientY)
      ? root.elementFromPoint(event.clientX, event.clientY)
      : null;
    pressButton(hit);
  });
  root.addEventListener(
    'click',
    event => {
      if (!event.isTrusted) return;
      event.stopImmediatePropagation();
      pressButton(event.target);
    },
    { capture: true, signal },
  );

  function pressButton(hit: EventTarget | null): void {
    if (hit === take) actions.take();
    if (hit === leave) actions.leave();
  }

  on(focusTypes, event => {
    // The page need not know: menus that close when they lose the focus then stay open for the picture.
    const isAboutUs = event.target === host || (event instanceof FocusEvent && event.relatedTarget === host);
    if (isAboutUs) event.stopImmediatePropagation();
  });

  on(keyTypes, event => {
    if (!(event instanceof KeyboardEvent)) return;
    event.stopImmediatePropagation();
    if (event.type === 'keydown') {
      heldKeys.add(event.code);
      endedByPointer = false;
    } else if (event.type === 'keyup') heldKeys.delete(event.code);
    // The browser's own shortcuts stay the browser's.
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const focused = root.activeElement;
    const isButton = focused === take || focused === leave;
    if (isButton && (event.key === ' ' || event.key === 'Enter')) return;
    // With the overlay up, no other key may scroll the page or type into it.
    event.preventDefault();
    if (event.type !== 'keydown' || !handledKeys.test(event.key)) return;
    // A key that is still held from before, on the button that started this, takes nothing.
    if (event.repeat && /^(?:Enter|Escape)$/.test(event.key)) return;
    // Leaving harms nobody. Any other key counts only for who has the overlay before them.
    if (event.key === 'Escape') actions.leave();
    else if (document.activeElement === host) actions.key(event);
    else overlay.area.focus({ preventScroll: true });
  });

  on('wheel', event => {
    if (event.target !== host || !(event instanceof WheelEvent)) return;
    event.stopImmediatePropagation();
    // Zooming is the browser's.
    if (event.ctrlKey) return;
    event.preventDefault();
    const unit = [1, lineHeightPx, innerHeight][event.deltaMode] ?? 1;
    const [x, y] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    actions.wheel({ x: event.clientX, y: event.clientY }, { x: x * unit, y: y * unit });
  });

  on('scroll resize', () => actions.shift(), true);
  visualViewport?.addEventListener('resize', () => actions.shift(), { signal });
  visualViewport?.addEventListener('scroll', () => actions.shift(), { signal });

  return () => {
    listening.abort();
    swallowRest(heldKeys, endedByPointer);
  };
}

/** What still comes of the key or press that ended the pick is not the page's either. */
function swallowRest(heldKeys: Set<string>, isPressed: boolean): void {
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  const swallow = (event: Event) => {
    if (!event.isTrusted) return;
    if (event instanceof KeyboardEvent) {
      if (!heldKeys.has(event.code)) return;
      if (event.type === 'keyup') heldKeys.delete(event.code);
    }
    event.stopImmediatePropagation();
    event.preventDefault();
  };
  for (const type of ['keydown', 'keypress', 'keyup']) window.addEventListener(type, swallow, options);
  const pressTypes = isPressed ? ['mouseup', 'click', 'touchend'] : [];
  for (const type of pressTypes) window.addEventListener(type, swallow, options);
  setTimeout(() => listening.abort(), isPressed ? pressRestMs : keyRestMs);
}

function tryTo(act: () => void): void {
  try {
    act();
  } catch {
    // Nothing depends on it.
  }
}
