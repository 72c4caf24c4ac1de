const syllables =
  'ba be bo ca ce co da de do fa fi ga go la le li lo ma mi mo na ne no pa pe ra re ri ro sa se so ta te ti to va vi'.split(
    ' ',
  );

/** A sentence of words that nobody wrote, of `count` words. */
export function sentence(random: () => number, count: number): string {
  const words = Array.from({ length: count }, () =>
    Array.from(
      { length: 1 + Math.floor(random() * 3) },
      () => syllables[Math.floor(random() * syllables.length)],
    ).join(''),
  );
  const text = words.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** A paragraph of `count` sentences. */
export function paragraph(random: () => number, count: number): string {
  return Array.from({ length: count }, () => sentence(random, 6 + Math.floor(random() * 14))).join(' ');
}
