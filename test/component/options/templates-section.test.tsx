import { fireEvent, screen, within } from '@testing-library/dom';
import { useState } from 'preact/hooks';
import { expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../../../src/core/settings.ts';
import { TemplatesSection } from '../../../src/options/templates-section.tsx';
import { show } from '../../support/show.ts';

let latest: Settings;

function showSection(templates: Settings['templates'] = []) {
  function Section() {
    const [settings, setSettings] = useState<Settings>({
      ...defaultSettings,
      categories: ['Bug', 'Question'],
      templates,
    });
    latest = settings;
    return (
      <TemplatesSection
        settings={settings}
        onEdit={edits => setSettings(before => ({ ...before, ...edits }))}
      />
    );
  }
  return show(<Section />);
}

const bug = { id: 'b', name: 'Bug', sites: ['a.example'], title: 'T', body: 'B', category: 'Bug' };
const refund = { ...bug, id: 'r', name: 'Refund', sites: [] };
const button = (name: string) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole<HTMLTextAreaElement>('textbox', { name });
const names = () => latest.templates.map(({ name }) => name);

test('one is added, written and saved as it is typed', async () => {
  const { user } = showSection();
  expect(screen.getByText('No template yet.')).toBeTruthy();
  await user.click(button('Add template'));
  expect(names()).toEqual(['New template']);
  await user.clear(field('Name'));
  expect(screen.getByText('Saved as “New template”.')).toBeTruthy();
  await user.type(field('Name'), 'Refund');
  await user.type(field('Title'), 'For {{{{customer.name}}');
  await user.type(field('Description'), 'Hello{Enter}{{{{selection}}');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Category' }), 'Question');
  await user.type(field('Sites'), 'shop.example.com{Enter}*.example.org');
  const { id, ...words } = latest.templates[0] ?? bug;
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(words).toEqual({
    name: 'Refund',
    sites: ['shop.example.com', '*.example.org'],
    title: 'For {{customer.name}}',
    body: 'Hello\n{{selection}}',
    category: 'Question',
  });
});

test('the name of a new one can be typed at once, in place of the one that it was given', async () => {
  const { user } = showSection([bug]);
  button('Add template').focus();
  await user.keyboard('{Enter}Refund');
  expect(names()).toEqual(['Bug', 'Refund']);
  expect(document.activeElement).toBe(field('Name'));
});

test('the placeholders are listed', async () => {
  const { user } = showSection([bug]);
  await user.click(button('Edit: Bug'));
  expect(
    screen.getByText(/\{\{page\.title\}\} \{\{page\.url\}\}.*\{\{property\.order_number\}\}/),
  ).toBeTruthy();
});

test('no two have one name', async () => {
  const { user } = showSection([bug, refund]);
  await user.click(button('Edit: Refund'));
  fireEvent.input(field('Name'), { target: { value: 'bug' } });
  expect(await screen.findByText('Saved as “bug 2”.')).toBeTruthy();
  expect(names()).toEqual(['Bug', 'bug 2']);
  fireEvent.blur(field('Name'));
  await expect.poll(() => field('Name').value).toBe('bug 2');
});

test('a line that is no site is told and not kept, and stays to be mended', async () => {
  const { user } = showSection([refund]);
  await user.click(button('Edit: Refund'));
  await user.type(field('Sites'), 'a.example{Enter}*.co.uk');
  const refused = '“*.co.uk” is not a site, or stands for the sites of many owners. It was not saved.';
  expect(screen.getByText(refused)).toBeTruthy();
  expect(field('Sites').value).toBe('a.example\n*.co.uk');
  expect(latest.templates[0]?.sites).toEqual(['a.example']);
});

test('they are put in order, and the moved one keeps the focus', async () => {
  const { user } = showSection([bug, refund]);
  const list = screen.getByRole('list', { name: 'Templates' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(2);
  expect(button('Move up: Bug').getAttribute('aria-disabled')).toBe('true');
  button('Move up: Refund').focus();
  await user.keyboard('{Enter}');
  expect(names()).toEqual(['Refund', 'Bug']);
  expect(document.activeElement).toBe(button('Move up: Refund'));
  await user.click(button('Move down: Refund'));
  expect(names()).toEqual(['Bug', 'Refund']);
});

test('one is deleted when that is confirmed', async () => {
  const { user } = showSection([bug, refund]);
  await user.click(button('Delete: Bug'));
  expect(screen.getByText('Delete “Bug”?')).toBeTruthy();
  await user.click(button('Cancel'));
  expect(names()).toEqual(['Bug', 'Refund']);
  await user.click(button('Delete: Bug'));
  await user.click(button('Delete'));
  expect(names()).toEqual(['Refund']);
});

test('the focus stays at the list when one is deleted', async () => {
  const { user } = showSection([bug, refund]);
  for (const [name, next] of [
    ['Bug', 'Edit: Refund'],
    ['Refund', 'Add template'],
  ] as const) {
    await user.click(button(`Delete: ${name}`));
    button('Delete').focus();
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(button(next));
  }
});
