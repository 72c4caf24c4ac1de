import { gzipSync } from 'node:zlib';
import { imports, pageReferences } from './check-references.ts';
import { type Files, type Problem, pathsEnding } from './problem.ts';

const worker = 'service-worker-loader.js';

/**
 * The most that may be loaded for one entry, with all that it imports, in bytes after gzip. The worker starts anew for every event and a content script in
 * the middle of somebody's page: their code is read and compiled each time.
 */
const budgetsBytes: readonly (readonly [entry: RegExp, budgetBytes: number])[] = [
  [/^service-worker-loader\.js$/, 135_000],
  [/^src\/popup\/popup\.html$/, 75_000],
  [/^src\/content\/[\w-]+\.js$/, 40_000],
  [/^src\/\w+\/\w+\.html$/, 90_000],
];
const wholeBudgetBytes = 900_000;

/** Holds each entry and the whole build to a size. */
export function checkSizes(files: Files): Problem[] {
  const problems = pathsEnding(files, '.js', '.html').flatMap(entry => {
    const [, budgetBytes] = budgetsBytes.find(([pattern]) => pattern.test(entry)) ?? [];
    if (budgetBytes === undefined) return [];
    const sizeBytes = loadedWith(files, entry).reduce(
      (sum, path) => sum + gzipSync(files.get(path) ?? '').byteLength,
      0,
    );
    return sizeBytes <= budgetBytes
      ? []
      : [{ file: entry, text: `loads ${sizeBytes} bytes after gzip; ${budgetBytes} are allowed` }];
  });
  const wholeBytes = [...files.values()].reduce((sum, bytes) => sum + bytes.byteLength, 0);
  if (wholeBytes > wholeBudgetBytes) {
    problems.push({
      file: '.',
      text: `the whole build has ${wholeBytes} bytes; ${wholeBudgetBytes} are allowed`,
    });
  }
  return problems;
}

/** The worker has no document: code for pages that gets into its bundles is dead weight, and sooner or later an error at its start. */
export function checkWorkerIsLean(files: Files): Problem[] {
  const ui = loadedWith(files, worker).filter(path => path.startsWith('assets/preact-'));
  return ui.map(path => ({ file: worker, text: `loads ${path}, which is for pages` }));
}

/** An entry and all that it loads, itself first. */
function loadedWith(files: Files, entry: string): string[] {
  const loaded = new Set<string>();
  const add = (path: string) => {
    if (loaded.has(path) || !files.has(path)) return;
    loaded.add(path);
    for (const next of path.endsWith('.html') ? pageReferences(files, path) : imports(files, path)) add(next);
  };
  add(entry);
  return [...loaded];
}
