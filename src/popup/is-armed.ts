const armedAfterMs = 300;

/**
 * Whether a press sends. A page could make a person double-click where the popup then appears, so presses in its
 * first moments do not.
 */
export function isArmed(): boolean {
  return performance.now() >= armedAfterMs;
}
