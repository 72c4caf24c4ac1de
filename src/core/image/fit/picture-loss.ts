/** How far a picture is from what it was made of. Both add up over parts of a picture. */
export interface Loss {
  /** Sum of the squared differences of all channels, and how many they are. */
  squares: number;
  values: number;
  /** Sum of 1 − SSIM (Wang et al. 2004) of the brightness of blocks of 8 × 8, and how many they are. */
  dissimilarity: number;
  blocks: number;
}

export const noLoss: Loss = { squares: 0, values: 0, dissimilarity: 0, blocks: 0 };

export function addLoss(one: Loss, other: Loss): Loss {
  return {
    squares: one.squares + other.squares,
    values: one.values + other.values,
    dissimilarity: one.dissimilarity + other.dissimilarity,
    blocks: one.blocks + other.blocks,
  };
}

export function meanSquaredError(loss: Loss): number {
  return loss.values === 0 ? 0 : loss.squares / loss.values;
}

export function meanDissimilarity(loss: Loss): number {
  return loss.blocks === 0 ? 0 : loss.dissimilarity / loss.blocks;
}

const side = 8;
const area = side * side;
const c1 = (0.01 * 255) ** 2;
const c2 = (0.03 * 255) ** 2;

/** Compares two bands of pixels (0xAABBGGRR) of the same size, whole blocks only. */
export function lossBetween(before: Uint32Array, after: Uint32Array, widthPx: number): Loss {
  const loss = { ...noLoss };
  const rows = before.length / widthPx;
  for (let top = 0; top + side <= rows; top += side) {
    for (let left = 0; left + side <= widthPx; left += side) {
      let [sumA, sumB, sumAA, sumBB, sumAB, squares] = [0, 0, 0, 0, 0, 0];
      for (let y = top; y < top + side; y += 1) {
        const start = y * widthPx + left;
        for (let at = start; at < start + side; at += 1) {
          const a = before[at] ?? 0;
          const b = after[at] ?? 0;
          const lightA = brightness(a);
          sumA += lightA;
          sumAA += lightA * lightA;
          if (a === b) {
            sumB += lightA;
            sumBB += lightA * lightA;
            sumAB += lightA * lightA;
            continue;
          }
          const lightB = brightness(b);
          sumB += lightB;
          sumBB += lightB * lightB;
          sumAB += lightA * lightB;
          const red = (a & 255) - (b & 255);
          const green = ((a >>> 8) & 255) - ((b >>> 8) & 255);
          const blue = ((a >>> 16) & 255) - ((b >>> 16) & 255);
          squares += red * red + green * green + blue * blue;
        }
      }
      loss.squares += squares;
      loss.values += 3 * area;
      loss.blocks += 1;
      if (squares === 0) continue;
      const [meanA, meanB] = [sumA / area, sumB / area];
      const varianceA = sumAA / area - meanA * meanA;
      const varianceB = sumBB / area - meanB * meanB;
      const together = sumAB / area - meanA * meanB;
      const similarity =
        ((2 * meanA * meanB + c1) * (2 * together + c2)) /
        ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
      loss.dissimilarity += 1 - similarity;
    }
  }
  return loss;
}

/** Rec. 601, 0–255. */
function brightness(pixel: number): number {
  return 0.299 * (pixel & 255) + 0.587 * ((pixel >>> 8) & 255) + 0.114 * ((pixel >>> 16) & 255);
}
