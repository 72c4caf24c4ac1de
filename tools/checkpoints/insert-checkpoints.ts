import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, type Plugin } from 'vite';
import { projectRoot } from '../run-command.ts';

/** A place in the code at which the worker can be stopped. */
interface Place {
  readonly name: string;
  /** `path:line` */
  readonly where: string;
}

const comment = /^([ \t]*)\/\/ checkpoint( in tx)?: ([a-z]+(?:[.-][a-z]+)+)$/;
/** What somebody may have meant to be one. */
const almost = /\/[/*]\s*checkpoint\b[^.]*:/i;

const sourceFolder = join(projectRoot, 'src');
const implementation = normalizePath(join(import.meta.dirname, 'checkpoint.ts'));

/**
 * Puts a call of tools/checkpoints/checkpoint.ts in the place of each `// checkpoint: <name>` in src. The build fails
 * unless the comments and `names` are the same set, each once.
 */
export function insertCheckpoints(names: readonly string[]): Plugin {
  return {
    name: 'insert-checkpoints',
    apply: 'build',
    // Before the TypeScript is compiled, which takes the comments away.
    enforce: 'pre',
    buildStart() {
      const problems = problemsOf(sourceTexts(), names);
      if (problems.length > 0) this.error(problems.join('\n'));
    },
    transform(code, id) {
      if (!id.startsWith(normalizePath(sourceFolder))) return null;
      const inserted = withCalls(code);
      return inserted === code
        ? null
        : { code: `import ${JSON.stringify(implementation)};${inserted}`, map: null };
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const code = Object.values(bundle)
          .map(file => (file.type === 'chunk' ? file.code : ''))
          .join('\n');
        const lost = names.filter(name => !new RegExp(`__checkpoint\\(["'\`]${name}["'\`]`).test(code));
        if (lost.length > 0) this.error(`In code that is never run, or in none: ${lost.join(', ')}`);
      },
    },
  };
}

/** The code with a call for each checkpoint, its lines where they were. */
export function withCalls(code: string): string {
  return code
    .split('\n')
    .map(line =>
      line.replace(
        comment,
        (_line, indent: string, inTx: string | undefined, name: string) =>
          `${indent}await globalThis.__checkpoint(${JSON.stringify(name)}${inTx ? ', tx' : ''});`,
      ),
    )
    .join('\n');
}

/** What is wrong with the checkpoints of some files, given as texts by path, one sentence each. */
export function problemsOf(files: ReadonlyMap<string, string>, names: readonly string[]): string[] {
  const lines = [...files].flatMap(([path, text]) =>
    text.split('\n').map((line, index) => ({ line, where: `${path}:${index + 1}` })),
  );
  const places = lines.flatMap(({ line, where }): Place[] => {
    const name = line.match(comment)?.[3];
    return name === undefined ? [] : [{ name, where }];
  });
  const unread = lines.filter(({ line }) => almost.test(line) && !comment.test(line));
  const twice = places.filter(({ name }, index) => places.findIndex(one => one.name === name) !== index);
  return [
    ...unread.map(({ line, where }) => `${where} is no checkpoint, but looks like one: ${line.trim()}`),
    ...twice.map(({ name, where }) => `${where} has the checkpoint ${name} a second time`),
    ...places
      .filter(({ name }) => !names.includes(name))
      .map(({ name, where }) => `${where} has the checkpoint ${name}, which no test kills the worker at`),
    ...names
      .filter(name => !places.some(one => one.name === name))
      .map(name => `The checkpoint ${name} is in no file of src`),
  ];
}

function sourceTexts(): Map<string, string> {
  const paths = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' }).filter(path =>
    /\.tsx?$/.test(path),
  );
  return new Map(
    paths.map(path => [normalizePath(join('src', path)), readFileSync(join(sourceFolder, path), 'utf8')]),
  );
}
