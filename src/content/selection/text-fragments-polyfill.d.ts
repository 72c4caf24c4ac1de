/** The part in use of Google's generator, which comes without types. */
declare module 'text-fragments-polyfill/dist/fragment-generation-utils.js' {
  export const GenerateFragmentStatus: { readonly SUCCESS: 0 };

  /** May move the ends of the range. */
  export function generateFragmentFromRange(range: Range): {
    status: number;
    fragment?: { prefix?: string; textStart: string; textEnd?: string; suffix?: string };
  };

  export function isValidRangeForFragmentGeneration(range: Range): boolean;

  /** Sets the generator's own time limit, in milliseconds. */
  export function setTimeout(limitMs: number): void;
}
