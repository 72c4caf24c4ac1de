import { openShadowRootOf } from '../selection/unclobbered.ts';

const countLimit = 40_000;
const timeLimitMs = 150;

/** The elements of the page and of its open shadow roots; of a huge page the first, as far as count and time allow. */
export function* allElements(): Generator<Element> {
  const endsAt = performance.now() + timeLimitMs;
  const roots: (Document | ShadowRoot)[] = [document];
  let count = 0;
  for (let root = roots.shift(); root; root = roots.shift()) {
    for (const element of root.querySelectorAll('*')) {
      count++;
      if (count > countLimit || (count % 256 === 0 && performance.now() > endsAt)) return;
      const shadow = openShadowRootOf(element);
      if (shadow) roots.push(shadow);
      yield element;
    }
  }
}
