import type { Rect } from '../image/geometry.ts';

// A word's sides; larger ones get a grid of their own, with cells of at least their size, so that each lies in at
// most four.
const smallestCellPx = 64;
// A page may put thousands into one cell. What is overlooked then comes out twice and is never lost.
const cellLimit = 50;

/** Finds what was put at about the same place, however much there is elsewhere. */
export interface PlaceIndex<Item extends Rect> {
  /** The first at the same place, with the same name, that is `wanted`. */
  find(name: string, place: Rect, isWanted: (item: Item) => boolean): Item | undefined;
  add(name: string, item: Item): void;
  /** The item has other sides now. */
  move(name: string, item: Item, place: Rect): void;
}

export function createPlaceIndex<Item extends Rect>(): PlaceIndex<Item> {
  const cells = new Map<string, Item[]>();
  const levels = new Set<number>();

  function put(name: string, item: Item): void {
    const level = levelOf(item);
    levels.add(level);
    for (const cell of cellsOf(name, item, level)) {
      const items = cells.get(cell);
      if (!items) cells.set(cell, [item]);
      else if (items.length < cellLimit && !items.includes(item)) items.push(item);
    }
  }

  return {
    find(name, place, isWanted) {
      const own = levelOf(place);
      // The neighbours too: half a pixel less, and the same word is on another one.
      for (let level = own - 1; level <= own + 1; level++) {
        if (!levels.has(level)) continue;
        for (const cell of cellsOf(name, place, level)) {
          const found = cells.get(cell)?.find(item => isSamePlace(item, place) && isWanted(item));
          if (found) return found;
        }
      }
      return undefined;
    },
    add: put,
    move(name, item, place) {
      const isSame =
        item.x === place.x &&
        item.y === place.y &&
        item.width === place.width &&
        item.height === place.height;
      if (isSame) return;
      Object.assign(item, place);
      put(name, item);
    },
  };
}

/** Rounding and a part hidden behind the frame's edge move the edges of a word, but not most of it. */
function isSamePlace(one: Rect, other: Rect): boolean {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return false;
  return width * height > Math.min(one.width * one.height, other.width * other.height) / 2;
}

function levelOf({ width, height }: Rect): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / smallestCellPx)));
}

function cellsOf(name: string, { x, y, width, height }: Rect, level: number): string[] {
  const side = smallestCellPx * 2 ** level;
  const [left, top] = [Math.floor(x / side), Math.floor(y / side)];
  const [right, bottom] = [Math.floor((x + width) / side), Math.floor((y + height) / side)];
  const cells: string[] = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) cells.push(`${name} ${level} ${column} ${row}`);
  }
  return cells;
}
