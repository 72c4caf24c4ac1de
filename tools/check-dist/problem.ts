/** The built extension: bytes by path, with `/` between folders. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** One thing that keeps the build from being shipped. */
export interface Problem {
  readonly file: string;
  readonly text: string;
}

/** A file's text, or nothing when it is not there. */
export function textOf(files: Files, path: string): string | undefined {
  const bytes = files.get(path);
  return bytes && new TextDecoder().decode(bytes);
}

/** The paths that end so, in alphabetical order. */
export function pathsEnding(files: Files, ...endings: readonly string[]): string[] {
  return [...files.keys()].filter(path => endings.some(ending => path.endsWith(ending))).sort();
}
