import { seededRandom } from './random.ts';

/**
 * A picture with the statistics of a photograph: contrast that falls with frequency (1/f), lit objects with edges in
 * front of it, grain, and the traces of a JPEG of quality 0.86, as pictures on the web have them.
 */
export async function drawPhoto(seed: number, widthPx: number, heightPx: number): Promise<HTMLImageElement> {
  const random = seededRandom(seed);
  const canvas = document.createElement('canvas');
  canvas.width = widthPx;
  canvas.height = heightPx;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('No canvas.');
  const hue = random() * 360;
  const sky = context.createLinearGradient(0, 0, random() * widthPx, heightPx);
  sky.addColorStop(0, `hsl(${hue} 45% 72%)`);
  sky.addColorStop(0.6, `hsl(${hue + 30} 35% 55%)`);
  sky.addColorStop(1, `hsl(${hue + 80} 30% 30%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, widthPx, heightPx);
  addTexture(context, random, 70);
  drawObjects(context, random, hue);
  addTexture(context, random, 26);
  addGrain(context, random);

  const image = new Image();
  image.src = canvas.toDataURL('image/jpeg', 0.86);
  await image.decode();
  return image;
}

function drawObjects(context: CanvasRenderingContext2D, random: () => number, hue: number): void {
  const { width, height } = context.canvas;
  for (let count = 0; count < 26; count += 1) {
    const radius = (0.02 + random() ** 2 * 0.22) * height;
    const [x, y] = [random() * width, (0.2 + random() * 0.9) * height];
    const lit = context.createRadialGradient(x - radius / 3, y - radius / 3, radius / 8, x, y, radius * 1.2);
    const tone = hue + (random() - 0.5) * 160;
    lit.addColorStop(0, `hsl(${tone} ${30 + random() * 40}% ${55 + random() * 35}%)`);
    lit.addColorStop(1, `hsl(${tone + 20} 40% ${8 + random() * 25}%)`);
    context.fillStyle = lit;
    context.beginPath();
    if (random() < 0.5) {
      context.ellipse(x, y, radius, radius * (0.4 + random()), random() * 3, 0, 7);
    } else {
      for (let corner = 0; corner < 5; corner += 1) {
        context.lineTo(x + (random() - 0.5) * 2.4 * radius, y + (random() - 0.5) * 2.4 * radius);
      }
    }
    context.fill();
  }
}

/** Adds light and dark in octaves, each of twice the frequency and about half the strength of the one before. */
function addTexture(context: CanvasRenderingContext2D, random: () => number, strength: number): void {
  const { width, height } = context.canvas;
  const image = context.getImageData(0, 0, width, height);
  const light = new Float32Array(width * height);
  for (let cellPx = height / 2, part = strength; cellPx >= 2; cellPx /= 2, part *= 0.54) {
    const columns = Math.ceil(width / cellPx) + 2;
    const grid = Float32Array.from(
      { length: columns * (Math.ceil(height / cellPx) + 2) },
      () => random() - 0.5,
    );
    for (let y = 0; y < height; y += 1) {
      const row = Math.floor(y / cellPx);
      const down = smooth(y / cellPx - row);
      for (let x = 0; x < width; x += 1) {
        const column = Math.floor(x / cellPx);
        const across = smooth(x / cellPx - column);
        const at = row * columns + column;
        const top = mix(grid[at] ?? 0, grid[at + 1] ?? 0, across);
        const bottom = mix(grid[at + columns] ?? 0, grid[at + columns + 1] ?? 0, across);
        light[y * width + x] = (light[y * width + x] ?? 0) + part * mix(top, bottom, down);
      }
    }
  }
  for (let at = 0; at < light.length; at += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const tint = 1 + (channel - 1) * 0.12;
      image.data[at * 4 + channel] = (image.data[at * 4 + channel] ?? 0) + (light[at] ?? 0) * tint;
    }
  }
  context.putImageData(image, 0, 0);
}

function addGrain(context: CanvasRenderingContext2D, random: () => number): void {
  const { width, height } = context.canvas;
  const image = context.getImageData(0, 0, width, height);
  for (let at = 0; at < image.data.length; at += 4) {
    const grain = (random() + random() + random() - 1.5) * 7;
    for (let channel = 0; channel < 3; channel += 1) {
      image.data[at + channel] = (image.data[at + channel] ?? 0) + grain;
    }
  }
  context.putImageData(image, 0, 0);
}

const smooth = (t: number) => t * t * (3 - 2 * t);
const mix = (from: number, to: number, share: number) => from + (to - from) * share;
