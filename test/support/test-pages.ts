import type { ExtraPage } from '../../tools/sample-site/start-sample-site.ts';

export const gridColumns = 16;
export const gridRows = 10;

/** Red, green and blue of a cell of `colourGrid`. */
export function cellColour(column: number, row: number): [number, number, number] {
  return [column * 16, row * 25, (column * 37 + row * 91) % 256];
}

/** Fills the window with cells of known colours, each another one. */
export const colourGrid: ExtraPage = {
  body: `<!doctype html><title>Grid</title><style>
    body { margin: 0; height: 100vh; display: grid; overflow: hidden;
      grid: repeat(${gridRows}, 1fr) / repeat(${gridColumns}, 1fr); }
    </style>${Array.from({ length: gridColumns * gridRows }, (_, index) => {
      const colour = cellColour(index % gridColumns, Math.floor(index / gridColumns));
      return `<i style="background: rgb(${colour.join(' ')})"></i>`;
    }).join('')}`,
};

/** A page of random pixels, which no PNG makes smaller. Its title is `drawn` once they are there. */
export function noisePage(widthPx: number, heightPx: number): ExtraPage {
  return {
    body: `<!doctype html><style>body { margin: 0; overflow: hidden; }</style>
      <canvas width="${widthPx}" height="${heightPx}"></canvas><script>
        const context = document.querySelector('canvas').getContext('2d');
        const image = context.createImageData(${widthPx}, ${heightPx});
        const { data } = image;
        for (let at = 0; at < data.length; at += 65536) crypto.getRandomValues(data.subarray(at, at + 65536));
        for (let at = 3; at < data.length; at += 4) data[at] = 255;
        context.putImageData(image, 0, 0);
        document.title = 'drawn';
      </script>`,
  };
}
