import type { Chance } from '../crashes/chance.ts';

type Fields = Record<string, unknown>;

const oddNames: readonly [string, ...string[]] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'addedLater',
];

function oddValue(chance: Chance): unknown {
  const values: [unknown, ...unknown[]] = [
    null,
    undefined,
    true,
    false,
    0,
    -1,
    0.5,
    1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '',
    'queued',
    'reply',
    '2',
    'x'.repeat(5_000),
    [],
    {},
    [[]],
    10n,
    new Date(0),
    new Uint8Array(3),
    new Map([['name', 'queued']]),
  ];
  return chance.pick(values);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Sets a field as a record that comes from a disk has it: "__proto__" is a name as any other. */
function set(target: Fields | unknown[], name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Every object and list in `value`, itself included. */
function containers(value: unknown): (Fields | unknown[])[] {
  if (!Array.isArray(value) && !isFields(value)) return [];
  return [value, ...Object.values(value).flatMap(containers)];
}

function changedText(text: string, chance: Chance): string {
  const at = chance.whole(0, Math.max(0, text.length - 1));
  switch (chance.pick<'cut' | 'flip' | 'double' | 'case'>(['cut', 'flip', 'double', 'case'])) {
    case 'cut':
      return text.slice(0, at);
    case 'flip':
      return text.slice(0, at) + String.fromCharCode(chance.whole(0, 0xffff)) + text.slice(at + 1);
    case 'double':
      return text + text;
    case 'case':
      return text.toUpperCase();
  }
}

function changedNumber(value: number, chance: Chance): number {
  return chance.pick([value + 1, -value, value / 3, value * 2 ** 40, value - 1, Number.NaN]);
}

/** One change somewhere in the record, at any depth. */
function mutateOnce(record: Fields, chance: Chance): void {
  const all = containers(record);
  const container = all[chance.whole(0, all.length - 1)] ?? record;
  const names = Object.keys(container);
  if (names.length === 0 || chance.isTrue(0.1)) {
    set(container, chance.pick(oddNames), oddValue(chance));
    return;
  }
  const name = names[chance.whole(0, names.length - 1)] ?? '';
  const value: unknown = Reflect.get(container, name);
  switch (
    chance.pick<'delete' | 'rename' | 'retype' | 'change'>(['delete', 'rename', 'retype', 'change', 'change'])
  ) {
    case 'delete':
      Reflect.deleteProperty(container, name);
      return;
    case 'rename':
      Reflect.deleteProperty(container, name);
      set(container, chance.isTrue(0.5) ? `${name}s` : chance.pick(oddNames), value);
      return;
    case 'retype':
      set(container, name, oddValue(chance));
      return;
    case 'change':
      if (typeof value === 'string') set(container, name, changedText(value, chance));
      else if (typeof value === 'number') set(container, name, changedNumber(value, chance));
      else if (typeof value === 'boolean') set(container, name, !value);
      else set(container, name, oddValue(chance));
  }
}

/**
 * A copy of the record as a damaged disk, or a version of the extension that is not known here, may hold it. Its
 * `id` may be another one, but is always a key that a store takes.
 */
export function mutated<T extends { id: string }>(record: T, chance: Chance): Fields {
  const copy: Fields = { ...structuredClone(record) };
  for (let n = chance.whole(1, 3); n > 0; n -= 1) mutateOnce(copy, chance);
  const { id } = copy;
  const isKey = typeof id === 'string' || (typeof id === 'number' && !Number.isNaN(id));
  if (!isKey) set(copy, 'id', record.id);
  return copy;
}
