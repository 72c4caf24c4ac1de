import { posix } from 'node:path';
import { readManifest } from './check-manifest.ts';
import { type Files, type Problem, pathsEnding, textOf } from './problem.ts';

/** Every file that the manifest, a page or a bundle names is there. */
export function checkReferences(files: Files): Problem[] {
  const fromManifest = fileNames(readManifest(files)).map(path => ({ file: 'manifest.json', path }));
  const fromPages = pathsEnding(files, '.html').flatMap(file =>
    pageReferences(files, file).map(path => ({ file, path })),
  );
  const fromBundles = pathsEnding(files, '.js').flatMap(file =>
    imports(files, file).map(path => ({ file, path })),
  );
  return [...fromManifest, ...fromPages, ...fromBundles]
    .filter(({ path }) => !files.has(path))
    .map(({ file, path }) => ({ file, text: `names ${path}, which is not there` }));
}

/** The scripts and stylesheets that a page loads, as paths in the build. */
export function pageReferences(files: Files, page: string): string[] {
  const html = textOf(files, page) ?? '';
  const addresses = [...html.matchAll(/<(?:script|link|img)\b[^>]*?\s(?:src|href)="([^"]+)"/g)].map(
    match => match[1] ?? '',
  );
  return addresses.filter(address => !address.startsWith('data:')).map(address => resolveFrom(page, address));
}

/** The bundles that a bundle imports, by `import` or `import()`, as paths in the build. */
export function imports(files: Files, bundle: string): string[] {
  const code = textOf(files, bundle) ?? '';
  const matches = code.matchAll(/\b(?:from|import)\s*\(?\s*(["'`])(\.{0,2}\/[^"'`]+)\1/g);
  return [...matches].map(match => resolveFrom(bundle, match[2] ?? ''));
}

function resolveFrom(file: string, address: string): string {
  return address.startsWith('/') ? address.slice(1) : posix.join(posix.dirname(file), address);
}

/** Every text in the manifest that looks like the path of a file. */
function fileNames(value: unknown): string[] {
  if (typeof value === 'string')
    return /^[\w./-]+\.(?:js|css|html|png|svg|json)$/.test(value) ? [value.replace(/^\//, '')] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(fileNames) : [];
}
