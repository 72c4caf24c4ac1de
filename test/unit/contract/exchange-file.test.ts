import 'urlpattern-polyfill';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exchangeFile, parseExchangeFile } from '../../../src/contract/exchange-file.ts';
import { mergeShared } from '../../../src/core/merge-shared.ts';
import type { Recipe } from '../../../src/core/recipe/recipe.ts';
import type { Template } from '../../../src/core/template/template.ts';
import { uniqueName } from '../../../src/core/unique-name.ts';

const template: Template = {
  id: 't',
  name: 'Bug',
  sites: ['a.example'],
  title: 'T',
  body: 'B',
  category: '',
};
const recipe: Recipe = {
  id: 'r',
  name: 'Shop',
  sites: ['shop.example/admin'],
  rules: [
    { fills: 'customer_email', property: '', from: 'element', pattern: '#mail', attribute: 'href' },
    { fills: 'property', property: 'order', from: 'address', pattern: '/orders/:id', attribute: '' },
  ],
};
const lists = { templates: [template], recipes: [recipe] };
const isSelector = (typed: string) => typed !== 'a[';
const parse = (json: string) => parseExchangeFile(json, isSelector);
const { id: _t, ...sharedTemplate } = template;
const { id: _r, ...sharedRecipe } = recipe;

/** The file of the lists, changed. */
function changed(
  change: (file: { templates: object[]; recipes: object[] } & Record<string, unknown>) => void,
) {
  const file = JSON.parse(exchangeFile(lists));
  change(file);
  return parse(JSON.stringify(file));
}

test('a file gives back what went into it, without ids and without anything else', () => {
  const json = exchangeFile({ ...lists, agentName: 'Ana' } as typeof lists);
  expect(json).not.toMatch(/"id"|Ana/);
  expect(parse(json)).toEqual({ ok: true, value: { templates: [sharedTemplate], recipes: [sharedRecipe] } });
});

test('what a template says reads as it is: nothing in it is hidden or turned round', () => {
  const words = { name: 'Bug\u202e', title: 'a\u202eb\nc', body: 'a\u200bb\u2066c\nd', category: 'x\u0007' };
  const read = changed(file => Object.assign(file.templates[0] ?? {}, words));
  expect(read).toMatchObject({
    value: { templates: [{ name: 'Bug', title: 'ab c', body: 'abc\nd', category: 'x' }] },
  });
  const nameless = changed(file => Object.assign(file.templates[0] ?? {}, { name: '\u202e' }));
  expect(nameless).toEqual({ ok: false, failure: { kind: 'wrong-value', path: 'templates[0].name' } });
});

describe('not taken is', () => {
  test.each([
    ['x'.repeat(1_000_001), { kind: 'too-large' }],
    ['{', { kind: 'not-json' }],
    ['[]', { kind: 'other-file' }],
    ['null', { kind: 'other-file' }],
    ['{"format":"other"}', { kind: 'other-file' }],
    ['{"format":"capture-for-assembly","version":2}', { kind: 'newer' }],
    [
      `{"format":"capture-for-assembly","version":1,"x":${'['.repeat(500)}${']'.repeat(500)}}`,
      { kind: 'wrong-value', path: '' },
    ],
  ])('%.60s', (json, failure) => {
    expect(parse(json)).toEqual({ ok: false, failure });
  });

  const rule = recipe.rules[0];
  test.each<[string, object, object]>([
    ['templates[0].body', { body: 'x'.repeat(20_001) }, {}],
    ['templates[0].name', { name: ' ' }, {}],
    ['templates[0].key', { key: 'x' }, {}],
    ['templates[0].id', { id: 'x' }, {}],
    ['recipes[0].rules[0].fills', {}, { rules: [{ ...rule, fills: 'title' }] }],
    ['recipes[0].rules[0].script', {}, { rules: [{ ...rule, script: 'x' }] }],
    ['recipes[0].rules', {}, { rules: Array(21).fill(rule) }],
    ['recipes[0].sites', {}, { sites: Array(51).fill('a.example') }],
  ])('a wrong value at %s', (path, ofTemplate, ofRecipe) => {
    expect(
      changed(file => {
        Object.assign(file.templates[0] ?? {}, ofTemplate);
        Object.assign(file.recipes[0] ?? {}, ofRecipe);
      }),
    ).toEqual({ ok: false, failure: { kind: 'wrong-value', path } });
  });

  test.each<[string, string, object]>([
    ['recipes[0].rules[0].pattern', 'selector', { ...rule, pattern: 'a[' }],
    ['recipes[0].rules[0].pattern', 'pattern-missing', { ...rule, pattern: ' ' }],
    ['recipes[0].rules[0].pattern', 'address', { ...rule, from: 'address', pattern: '/(a+)+/:id' }],
    ['recipes[0].rules[0].property', 'property-name', { ...rule, fills: 'property', property: 'page_url' }],
  ])('a rule at %s for its %s', (path, problem, wrong) => {
    expect(changed(file => Object.assign(file.recipes[0] ?? {}, { rules: [wrong] }))).toEqual({
      ok: false,
      failure: { kind: 'wrong-rule', path, problem },
    });
  });

  test('a site that is none, or too many', () => {
    expect(changed(file => Object.assign(file.recipes[0] ?? {}, { sites: ['a.example', '*.com'] }))).toEqual({
      ok: false,
      failure: { kind: 'wrong-site', path: 'recipes[0].sites[1]' },
    });
  });

  test.each(['__proto__', 'constructor', 'prototype'])('a key %s, at any place, and it does nothing', key => {
    for (const at of ['"recipes": [', '"rules": [', '"title": ']) {
      const json = exchangeFile(lists).replace(at, `"${key}": {"polluted": true}, ${at}`);
      expect(parse(json)).toMatchObject({ ok: false, failure: { kind: 'wrong-value' } });
    }
    expect('polluted' in {}).toBe(false);
  });

  test('anything else: it never throws', () => {
    const text = exchangeFile(lists);
    const cut = fc.tuple(fc.nat(text.length), fc.nat(20), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          cut.map(([at, count, put]) => text.slice(0, at) + put + text.slice(at + count)),
        ),
        json => {
          expect(typeof parse(json).ok).toBe('boolean');
        },
      ),
    );
  });
});

describe('merging', () => {
  let made = 0;
  const newId = () => `new${++made}`;

  test('what is there is left out, one of the same name gets a number, all get ids', () => {
    const merged = mergeShared(
      lists,
      {
        templates: [
          sharedTemplate,
          { ...sharedTemplate, body: 'Other' },
          { ...sharedTemplate, body: 'Other' },
        ],
        recipes: [{ ...sharedRecipe, name: 'shop' }],
      },
      newId,
    );
    expect(merged).toMatchObject({ added: 2, known: 2, tooMany: 0 });
    expect(merged.templates.map(({ name }) => name)).toEqual(['Bug', 'Bug 2']);
    expect(merged.recipes.map(({ name }) => name)).toEqual(['Shop', 'shop 2']);
    const ids = [...merged.templates, ...merged.recipes].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  test('a full list takes no more, and says so', () => {
    const templates = Array.from({ length: 50 }, (_, index) => ({
      ...template,
      id: `${index}`,
      name: `${index}`,
    }));
    const merged = mergeShared(
      { templates, recipes: [] },
      { templates: [sharedTemplate], recipes: [] },
      newId,
    );
    expect(merged).toMatchObject({ templates, added: 0, tooMany: 1 });
  });
});

test.each([
  ['Bug', [], 'Bug'],
  ['  Bug  ', ['bug', 'BUG 2'], 'Bug 3'],
  ['', [], 'New'],
  [' ', ['New'], 'New 2'],
  ['x'.repeat(200), ['x'.repeat(90)], `${'x'.repeat(90)} 2`],
])('the name %j beside %j is %j', (typed, others, name) => {
  expect(uniqueName(typed, others, 'New')).toBe(name);
});
