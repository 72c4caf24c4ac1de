import 'urlpattern-polyfill';
import { fireEvent, screen, within } from '@testing-library/dom';
import { useState } from 'preact/hooks';
import { beforeEach, expect, test } from 'vitest';
import type { MessageInput } from '../../../src/contract/messages.ts';
import type { RecipeFinding, RecipePage } from '../../../src/contract/views.ts';
import type { Recipe } from '../../../src/core/recipe/recipe.ts';
import { fail, ok, type Result } from '../../../src/core/result.ts';
import { defaultSettings, type Settings } from '../../../src/core/settings.ts';
import { RecipesSection } from '../../../src/options/recipes-section.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { heldPromise } from '../../support/held-promise.ts';
import { show } from '../../support/show.ts';

const shop: Recipe = {
  id: 's',
  name: 'Shop',
  sites: ['shop.example'],
  rules: [{ fills: 'customer_email', property: '', from: 'element', pattern: '#mail', attribute: '' }],
};
const pages: RecipePage[] = [
  { tabId: 1, title: 'Forum', url: 'https://forum.example/' },
  { tabId: 2, title: 'Order 7', url: 'https://shop.example/orders/7' },
];

let latest: Settings;
let pagesThere: RecipePage[];

beforeEach(() => {
  pagesThere = pages;
  fakeBrowser.onMessage({
    'recipes.pages': () => ok(pagesThere),
    'recipes.try': ({ recipe }) =>
      ok(
        recipe.rules.map(rule => ({
          rule,
          value: rule.pattern === '#mail' ? 'grace@example.com' : null,
          isInvalid: false,
        })),
      ),
  });
});

function showSection(recipes: Recipe[] = [shop]) {
  function Section() {
    const [settings, setSettings] = useState<Settings>({ ...defaultSettings, recipes });
    latest = settings;
    return (
      <RecipesSection
        settings={settings}
        onEdit={edits => setSettings(before => ({ ...before, ...edits }))}
      />
    );
  }
  return show(<Section />);
}

const button = (name: string) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const choice = (name: string) => screen.getByRole<HTMLSelectElement>('combobox', { name });
const focusedIn = (group: string, name: string) =>
  document.activeElement ===
  within(screen.getByRole('group', { name: group })).getByRole('combobox', { name });
const tries = () =>
  fakeBrowser.sent
    .filter(({ name }) => name === 'recipes.try')
    .map(({ input }) => input as MessageInput<'recipes.try'>);

test('one is added and written, rule by rule', async () => {
  const { user } = showSection([]);
  await user.click(button('Add recipe'));
  await user.type(field('Sites'), 'shop.example');
  await user.selectOptions(choice('Fills'), 'Property');
  await user.type(field('Property name'), 'order_number');
  await user.selectOptions(choice('From'), 'The page’s address');
  expect(screen.queryByRole('textbox', { name: 'Attribute' })).toBeNull();
  await user.type(field('Address pattern'), '/orders/:number');
  await user.click(button('Add rule'));
  const second = within(screen.getByRole('group', { name: 'Rule 2' }));
  await user.type(second.getByRole('textbox', { name: 'CSS selector' }), 'a.mail');
  await user.type(second.getByRole('textbox', { name: 'Attribute' }), 'href');
  const mail = {
    fills: 'customer_email',
    property: '',
    from: 'element',
    pattern: 'a.mail',
    attribute: 'href',
  };
  expect(latest.recipes).toMatchObject([
    {
      name: 'New recipe',
      sites: ['shop.example'],
      rules: [
        { fills: 'property', property: 'order_number', from: 'address', pattern: '/orders/:number' },
        mail,
      ],
    },
  ]);
  await user.click(button('Remove rule 1'));
  expect(latest.recipes[0]?.rules).toEqual([mail]);
});

test('the focus goes into a rule that is added, and stays at the rules when one is removed', async () => {
  const { user } = showSection();
  await user.click(button('Edit: Shop'));
  button('Add rule').focus();
  await user.keyboard('{Enter}');
  expect(focusedIn('Rule 2', 'Fills')).toBe(true);
  button('Add rule').focus();
  await user.keyboard('{Enter}');
  expect(focusedIn('Rule 3', 'Fills')).toBe(true);

  button('Remove rule 2').focus();
  await user.keyboard('{Enter}');
  expect(latest.recipes[0]?.rules).toHaveLength(2);
  expect(focusedIn('Rule 2', 'Fills')).toBe(true);
  button('Remove rule 2').focus();
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(button('Add rule'));
});

test('what cannot work is told beside its field', async () => {
  const { user } = showSection();
  await user.click(button('Edit: Shop'));
  fireEvent.input(field('CSS selector'), { target: { value: 'a[' } });
  expect(await screen.findByText('The browser cannot read this selector.')).toBeTruthy();
  await user.selectOptions(choice('Fills'), 'Property');
  fireEvent.input(field('Property name'), { target: { value: 'page_url' } });
  expect(await screen.findByText(/The names of page details are taken\.$/)).toBeTruthy();
  await user.selectOptions(choice('From'), 'The page’s address');
  fireEvent.input(field('Address pattern'), { target: { value: '/(a+)+' } });
  expect(await screen.findByText(/takes no regular expressions\.$/)).toBeTruthy();
});

test('a page of the site is tried by itself, and again as a rule is typed', async () => {
  const { user } = showSection();
  await user.click(button('Edit: Shop'));
  await expect.poll(() => choice('Try it on').value).toBe('2');
  expect(await screen.findByText('Finds: grace@example.com')).toBeTruthy();
  fireEvent.input(field('CSS selector'), { target: { value: '#none' } });
  // What the rule before found is not shown under the new one.
  await expect.poll(() => screen.queryByText('Finds: grace@example.com')).toBeNull();
  expect(await screen.findByText('Finds nothing on this page.')).toBeTruthy();
  expect(tries().map(({ tabId, recipe }) => [tabId, recipe.rules[0]?.pattern])).toEqual([
    [2, '#mail'],
    [2, '#none'],
  ]);

  await user.selectOptions(choice('Try it on'), '1');
  expect(await screen.findByText(/^This page is not on the recipe’s sites/)).toBeTruthy();
  await user.selectOptions(choice('Try it on'), '');
  await expect.poll(() => screen.queryByText('Finds nothing on this page.')).toBeNull();
});

test('what was found on the page before is not shown for the one that is asked now', async () => {
  const { user } = showSection();
  await user.click(button('Edit: Shop'));
  expect(await screen.findByText('Finds: grace@example.com')).toBeTruthy();
  const answer = heldPromise<Result<RecipeFinding[]>>();
  fakeBrowser.onMessage({ 'recipes.try': () => answer.promise });
  await user.selectOptions(choice('Try it on'), '1');
  await expect.poll(() => tries().length).toBe(2);
  expect(screen.queryByText('Finds: grace@example.com')).toBeNull();
  answer.resolve(ok(shop.rules.map(rule => ({ rule, value: null, isInvalid: false }))));
  expect(await screen.findByText('Finds nothing on this page.')).toBeTruthy();
});

test('without a page of the site none is tried', async () => {
  pagesThere = pages.slice(0, 1);
  const { user } = showSection();
  await user.click(button('Edit: Shop'));
  await expect.poll(() => choice('Try it on').value).toBe('');
  fireEvent.input(field('CSS selector'), { target: { value: '#x' } });
  await new Promise(resolve => setTimeout(resolve, 500));
  expect(tries()).toEqual([]);
});

test('without any page it says how to get one, and finds it when the person comes back', async () => {
  pagesThere = [];
  const { user } = showSection();
  await user.click(button('Edit: Shop'));
  expect(await screen.findByText(/^To try it: open a page/)).toBeTruthy();
  pagesThere = pages;
  document.dispatchEvent(new Event('visibilitychange'));
  await expect.poll(() => screen.queryByRole('combobox', { name: 'Try it on' })).not.toBeNull();
});

test('a page that is gone is told', async () => {
  fakeBrowser.onMessage({ 'recipes.try': () => fail({ kind: 'no-page' }) });
  const { user } = showSection();
  await user.click(button('Edit: Shop'));
  await expect.poll(() => choice('Try it on').getAttribute('aria-invalid')).toBe('true');
});
