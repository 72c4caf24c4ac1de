import { expect, test } from 'vitest';
import { checkMessages } from '../../../../tools/check-dist/check-messages.ts';
import { builtFiles, builtManifest } from '../../../support/built-files.ts';

const english = '_locales/en/messages.json';
const textsFor = (changes: Record<string, string | undefined>) =>
  checkMessages(builtFiles(changes)).map(({ file, text }) => `${file} ${text}`);

test('a build whose messages are all there has no problem', () => {
  expect(textsFor({})).toEqual([]);
});

test('no messages in the default language is a problem', () => {
  expect(textsFor({ [english]: undefined })).toHaveLength(1);
  expect(textsFor({ [english]: '{' })).toHaveLength(1);
  expect(textsFor({ 'manifest.json': builtManifest({ default_locale: 'fr' }) })).toHaveLength(1);
});

test('a message that is asked for and not there is a problem, wherever it is asked for', () => {
  expect(
    textsFor({
      'manifest.json': builtManifest({ description: '__MSG_what__' }),
      'assets/main-1.js': 'i.getMessage("sent");i.getMessage(`name`)',
      'src/popup/popup.html': '<title>__MSG_title__</title>',
    }),
  ).toEqual([
    expect.stringContaining('assets/main-1.js asks for the message sent'),
    expect.stringContaining('manifest.json asks for the message what'),
    expect.stringContaining('src/popup/popup.html asks for the message title'),
  ]);
});

test('an empty message and an undeclared placeholder are problems', () => {
  const messages =
    '{"name":{"message":"Sent $NUMBER$ to $who$","placeholders":{"number":{"content":"$1"}}},"b":{"message":" "}}';
  expect(textsFor({ [english]: messages })).toEqual([
    `${english} the message name uses $who$ without declaring it`,
    `${english} the message b is empty`,
  ]);
});

test('another language with other messages or placeholders is a problem', () => {
  const german = '{"extra":{"message":"x"}}';
  expect(textsFor({ '_locales/de/messages.json': german })).toEqual([
    '_locales/de/messages.json lacks the message name',
    '_locales/de/messages.json has the message extra, which the default language does not have',
  ]);
  const placeholder = '{"name":{"message":"$A$","placeholders":{"a":{"content":"$1"}}}}';
  expect(textsFor({ '_locales/de/messages.json': placeholder })).toEqual([
    '_locales/de/messages.json has other placeholders in name than the default language',
  ]);
});
