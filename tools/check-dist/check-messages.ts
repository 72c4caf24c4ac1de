import { readManifest } from './check-manifest.ts';
import { type Files, type Problem, pathsEnding, textOf } from './problem.ts';

type Messages = Readonly<
  Record<string, { readonly message?: string; readonly placeholders?: Readonly<Record<string, unknown>> }>
>;

/** Every message that is asked for is there, and every language has the same ones, with the same placeholders. */
export function checkMessages(files: Files): Problem[] {
  const defaultLocale = readManifest(files)?.default_locale ?? '';
  const defaultPath = localePath(defaultLocale);
  const messages = readMessages(files, defaultPath);
  if (!messages)
    return [
      {
        file: 'manifest.json',
        text: `default_locale ${defaultLocale || '(none)'} has no readable messages.json`,
      },
    ];
  const others = pathsEnding(files, '/messages.json').filter(path => path !== defaultPath);
  return [
    ...askedKeys(files)
      .filter(({ key }) => !Object.hasOwn(messages, key))
      .map(({ file, key }) => ({
        file,
        text: `asks for the message ${key}, which ${defaultPath} does not have`,
      })),
    ...unknownPlaceholders(messages).map(text => ({ file: defaultPath, text })),
    ...others.flatMap(path =>
      differences(messages, readMessages(files, path) ?? {}).map(text => ({ file: path, text })),
    ),
  ];
}

function askedKeys(files: Files): { file: string; key: string }[] {
  return pathsEnding(files, '.json', '.html', '.css', '.js').flatMap(file => {
    const text = textOf(files, file) ?? '';
    const patterns = [/__MSG_(\w+)__/g, /\bgetMessage\(\s*["'`](\w+)["'`]/g];
    const keys = patterns.flatMap(pattern => [...text.matchAll(pattern)].map(match => match[1] ?? ''));
    // Chromium has some messages of its own: @@ui_locale, @@bidi_dir. Their names do not match \w.
    return [...new Set(keys)].map(key => ({ file, key }));
  });
}

/** `$NAME$` in a message that is declared nowhere would be shown as it stands. */
function unknownPlaceholders(messages: Messages): string[] {
  return Object.entries(messages).flatMap(([key, { message = '', placeholders = {} }]) => {
    const declared = Object.keys(placeholders).map(name => name.toLowerCase());
    const used = [...message.matchAll(/\$([A-Za-z]\w*)\$/g)].map(match => (match[1] ?? '').toLowerCase());
    const empty = message.trim() === '' ? [`the message ${key} is empty`] : [];
    return [
      ...empty,
      ...used
        .filter(name => !declared.includes(name))
        .map(name => `the message ${key} uses $${name}$ without declaring it`),
    ];
  });
}

function differences(messages: Messages, other: Messages): string[] {
  const missing = Object.keys(messages).filter(key => !Object.hasOwn(other, key));
  const extra = Object.keys(other).filter(key => !Object.hasOwn(messages, key));
  const shape = (entry: Messages[string] | undefined) =>
    Object.keys(entry?.placeholders ?? {})
      .sort()
      .join();
  const changed = Object.keys(messages).filter(
    key => Object.hasOwn(other, key) && shape(messages[key]) !== shape(other[key]),
  );
  return [
    ...missing.map(key => `lacks the message ${key}`),
    ...extra.map(key => `has the message ${key}, which the default language does not have`),
    ...changed.map(key => `has other placeholders in ${key} than the default language`),
  ];
}

function localePath(locale: string): string {
  return `_locales/${locale}/messages.json`;
}

function readMessages(files: Files, path: string): Messages | undefined {
  try {
    return JSON.parse(textOf(files, path) ?? '');
  } catch {
    return undefined;
  }
}
