import { intersection } from '../../core/image/geometry.ts';
import { rectOf } from './element-geometry.ts';
import { layoutPort } from './measure-view.ts';

// Animation frames stop in a window that is covered; then time decides.
const frameDeadlineMs = 100;
const picturesDeadlineMs = 800;
const pictureLimit = 3_000;

/** Waits until the browser has drawn `count` frames more. */
export async function framesDrawn(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) {
    await Promise.race([new Promise(resolve => requestAnimationFrame(resolve)), delay(frameDeadlineMs)]);
  }
}

/** Waits until the pictures in view are there and decoded, or the time for it is over. */
export async function picturesLoaded(): Promise<void> {
  const view = layoutPort();
  const waited: Promise<unknown>[] = [];
  for (const image of Array.from(document.images).slice(0, pictureLimit)) {
    if (image.complete && image.decoding !== 'async') continue;
    if (!intersection(atLeastAPixel(image), view)) continue;
    const isThere = image.complete ? Promise.resolve() : loaded(image);
    waited.push(isThere.then(() => image.decode()).catch(() => undefined));
  }
  if (waited.length > 0) await Promise.race([Promise.all(waited), delay(picturesDeadlineMs)]);
}

/** A picture that is not loaded may have no size yet. */
function atLeastAPixel(image: Element) {
  const box = rectOf(image);
  return { ...box, width: Math.max(1, box.width), height: Math.max(1, box.height) };
}

function loaded(image: HTMLImageElement): Promise<void> {
  return new Promise(resolve => {
    image.addEventListener('load', () => resolve(), { once: true });
    image.addEventListener('error', () => resolve(), { once: true });
  });
}

export function delay(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
