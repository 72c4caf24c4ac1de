/** How much a recursive check of strange data can bear. */
export interface DataLimits {
  levels: number;
  /** Objects, lists and primitives together. */
  values: number;
  /** UTF-16 units of all texts together. */
  characters: number;
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Plain objects, arrays and primitives within the limits. Iterative: depth cannot hurt it. */
export function isBoundedData(input: unknown, limits: DataLimits): boolean {
  const waiting: { value: unknown; level: number }[] = [{ value: input, level: 0 }];
  let values = 0;
  let characters = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, level } = next;
    values += 1;
    if (typeof value === 'string') characters += value.length;
    if (values + waiting.length > limits.values || characters > limits.characters || level > limits.levels)
      return false;
    if (typeof value !== 'object' || value === null) continue;
    if (!isPlain(value)) return false;
    const keys = Object.keys(value);
    if (keys.length > limits.values || keys.some(key => forbiddenKeys.has(key))) return false;
    for (const child of Object.values(value)) waiting.push({ value: child, level: level + 1 });
  }
  return true;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || prototype === Array.prototype;
}
