import { element } from './elements.ts';
import { drawPhoto } from './photo.ts';
import { seededRandom } from './random.ts';
import { paragraph, sentence } from './words.ts';

/** A feed: cards with a name, some text and a photograph. */
export async function photoFeed(heightPx: number): Promise<HTMLElement> {
  const random = seededRandom(77);
  const page = element('background:#eef0f3;padding:20px 0;font:15px/1.5 sans-serif;color:#1c1e21');
  for (let y = 0; y < heightPx; y += 640) {
    const photo = await drawPhoto(1_000 + y, 680, 420);
    photo.style.cssText = 'display:block;width:100%;border-radius:8px';
    page.append(
      element(
        'width:680px;margin:0 auto 20px;background:#fff;border-radius:12px;padding:16px;box-shadow:0 1px 6px rgba(0,0,0,.2)',
        [
          element('font-weight:600', sentence(random, 2)),
          element('margin:6px 0 10px', paragraph(random, 3)),
          photo,
          element('color:#65676b;margin-top:8px', sentence(random, 6)),
        ],
      ),
    );
  }
  return page;
}

/** Photographs edge to edge, in the given size in CSS px; `sharpness` is picture px for one of these. */
export async function photoWall(width: number, heightPx: number, sharpness: number): Promise<HTMLElement> {
  const columns = 3;
  const wall = element(`display:grid;grid-template-columns:repeat(${columns},1fr);gap:6px;background:#111`);
  const cell = Math.round(width / columns);
  const rows = Math.ceil(heightPx / (cell * 0.7));
  for (let n = 0; n < rows * columns; n += 1) {
    const photo = await drawPhoto(n, Math.round(cell * sharpness), Math.round(cell * 0.7 * sharpness));
    photo.style.cssText = 'display:block;width:100%';
    wall.append(photo);
  }
  return wall;
}
