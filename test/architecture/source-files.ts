import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

const root = join(import.meta.dirname, '../..');
const notOurs = new Set(['node_modules', 'dist', 'dist-checkpoints', '.artifacts', '.git']);

/** One import of a module: `to` is a path from the project's root when it is relative, else a package's name. */
export interface Import {
  readonly to: string;
  /** `import type`, which leaves nothing in the build. */
  readonly isTypeOnly: boolean;
  /** `?iife`: the path of the built file, and none of its code. */
  readonly isFileReference: boolean;
}

export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The text without its comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** Every file below a folder of the project, or of the project itself, that is kept in the repository. */
export function projectPaths(folder = '.'): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    if (notOurs.has(entry.name)) return [];
    const path = relative(root, join(root, folder, entry.name))
      .split(sep)
      .join('/');
    return entry.isDirectory() ? projectPaths(path) : [path];
  });
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The TypeScript of a folder. */
export function sourceFiles(folder: string): SourceFile[] {
  return projectPaths(folder)
    .filter(path => /\.tsx?$/.test(path))
    .map(path => {
      const text = readText(path);
      const code = withoutComments(text);
      return { path, text, code, imports: importsOf(path, code) };
    });
}

function importsOf(path: string, code: string): Import[] {
  const statements =
    /^\s*(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
  return [...code.matchAll(statements)].map(([, type, name = '', dynamicName]) => {
    const [to = '', query] = (dynamicName ?? name).split('?');
    return {
      to: to.startsWith('.') ? posix.join(posix.dirname(path), to) : to,
      isTypeOnly: type !== undefined,
      isFileReference: query === 'iife',
    };
  });
}

/** Good enough for our own code: `//` after a colon is an address in a text, not a comment. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<!:)\/\/.*$/gm, '');
}
