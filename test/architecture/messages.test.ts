import { expect, test } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { projectPaths, readText, sourceFiles } from './source-files.ts';

test('every message is used somewhere', () => {
  const code = sourceFiles('src').map(file => file.code);
  const others = ['manifest.json', ...projectPaths('src').filter(path => /\.(?:html|css)$/.test(path))].map(
    readText,
  );
  const unused = Object.keys(messages).filter(
    key =>
      !others.some(text => text.includes(`__MSG_${key}__`)) &&
      !code.some(text => [`'${key}'`, `"${key}"`].some(quoted => text.includes(quoted))),
  );
  expect(unused).toEqual([]);
});
