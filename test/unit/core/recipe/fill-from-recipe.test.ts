import { describe, expect, test } from 'vitest';
import { type Draft, emptyDraft, isUntouched } from '../../../../src/core/draft.ts';
import { isPropertyName } from '../../../../src/core/draft-property.ts';
import { fillFromRecipe, type RuleValue, ruleValue } from '../../../../src/core/recipe/fill-from-recipe.ts';
import type { RecipeRule } from '../../../../src/core/recipe/recipe.ts';
import { undoRecipe, withoutRecipe } from '../../../../src/core/recipe/without-recipe.ts';

function rule(fills: RecipeRule['fills'], property = ''): RecipeRule {
  return { fills, property, from: 'element', pattern: 'b', attribute: '' };
}

function found(fills: RecipeRule['fills'], value: string | null, property = ''): RuleValue {
  return { rule: rule(fills, property), value };
}

const fill = (draft: Draft, ...values: RuleValue[]) =>
  fillFromRecipe(draft, { recipe: { id: 'r', name: 'Shop' }, pageUrl: 'https://a.example/', values });
const empty = emptyDraft('d', 0);

describe('what a rule makes of the words', () => {
  test.each<[RecipeRule['fills'], string | null, string | null]>([
    ['customer_email', 'Customer: Grace <grace@example.com>, ada@example.com', 'grace@example.com'],
    ['customer_email', 'mailto:grace@example.com?subject=x', 'grace@example.com'],
    ['customer_email', 'nobody', null],
    ['customer_name', ' Gra\u200bce \n Hopper\u202e ', 'Grace Hopper'],
    ['customer_name', 'x'.repeat(300), 'x'.repeat(200)],
    ['company', ' ', null],
    ['company', null, null],
    ['company_source_specific_id', 'x'.repeat(301), null],
    ['property', 'y'.repeat(2_000), 'y'.repeat(1_000)],
  ])('%s of %j', (fills, words, value) => {
    expect(ruleValue(rule(fills), words)).toBe(value);
  });
});

describe('filling', () => {
  test('fills each field, and remembers what it filled', () => {
    const draft = fill(
      empty,
      found('customer_email', 'grace@example.com'),
      found('customer_name', 'Grace'),
      found('company_source_specific_id', 'acme-1'),
      found('property', 'A-42', 'order_number'),
    );
    expect(draft).toMatchObject({
      customerEmail: 'grace@example.com',
      customerName: 'Grace',
      companyText: 'acme-1',
      company: { by: 'source_specific_id', value: 'acme-1', name: 'acme-1' },
      properties: [{ name: 'order_number', value: 'A-42', isSent: true }],
      recipe: { id: 'r', name: 'Shop', pageUrl: 'https://a.example/', properties: ['order_number'] },
    });
    expect(isUntouched(draft)).toBe(true);
    expect(withoutRecipe(draft)).toEqual(empty);
  });

  test('a company by name is only to be chosen by; an id beside it is what counts', () => {
    expect(fill(empty, found('company', 'Acme'))).toMatchObject({ companyText: 'Acme', company: null });
    expect(fill(empty, found('company', 'Acme'), found('company_source_specific_id', 'a1'))).toMatchObject({
      companyText: 'Acme',
      company: { value: 'a1', name: 'Acme' },
    });
  });

  test('leaves alone what is there, and a draft that it has nothing for', () => {
    const typed = { ...empty, customerEmail: 'ada@example.com', companyText: 'Other' };
    expect(
      fill(
        typed,
        found('customer_email', 'grace@example.com'),
        found('customer_name', 'Grace'),
        found('company', 'Acme'),
      ),
    ).toBe(typed);
    expect(fill(empty, found('customer_email', null))).toBe(empty);
    const same = { ...empty, customerEmail: 'Grace@example.com' };
    expect(
      fill(same, found('customer_email', 'grace@example.com'), found('customer_name', 'Grace')),
    ).toMatchObject({ customerEmail: 'Grace@example.com', customerName: 'Grace' });
  });

  test('the first rule that found something counts, and only names that are free', () => {
    const draft = fill(
      { ...empty, properties: [{ name: 'taken', value: '1', isSent: false }] },
      found('customer_email', null),
      found('customer_email', 'a@example.com'),
      found('customer_email', 'b@example.com'),
      found('property', '1', 'plan'),
      found('property', '2', 'plan'),
      found('property', '3', 'taken'),
      found('property', '4', 'page_url'),
      found('property', '5', 'Order'),
      found('property', '6', '__proto__'),
      found('property', '7', 'constructor'),
    );
    expect(draft.customerEmail).toBe('a@example.com');
    expect(draft.properties).toEqual([
      { name: 'taken', value: '1', isSent: false },
      { name: 'plan', value: '1', isSent: true },
    ]);
  });
});

test('undo takes back what stands as it was filled, and remembers the page', () => {
  const filled = fill(
    empty,
    found('customer_email', 'grace@example.com'),
    found('customer_name', 'Grace'),
    found('company', 'Acme'),
    found('property', '1', 'plan'),
  );
  const changed = { ...filled, customerName: 'Grace H.', companyText: 'Acme Inc' };
  expect(undoRecipe(changed)).toEqual({
    ...empty,
    customerName: 'Grace H.',
    companyText: 'Acme Inc',
    recipe: { id: 'r', name: 'Shop', pageUrl: 'https://a.example/', fields: {}, properties: [] },
  });
  expect(undoRecipe(empty)).toBe(empty);
});

test.each([
  ['order_number', true],
  ['a', true],
  ['', false],
  ['Order', false],
  ['order-number', false],
  ['1st', false],
  ['a'.repeat(61), false],
  ['page_url', false],
  ['extension_version', false],
  ['category', false],
  ['constructor', false],
])('%s as the name of a property: %s', (name, expected) => {
  expect(isPropertyName(name)).toBe(expected);
});
