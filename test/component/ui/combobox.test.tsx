import { screen, waitFor } from '@testing-library/dom';
import { useState } from 'preact/hooks';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Combobox, type ComboboxOption } from '../../../src/ui/components/combobox.tsx';
import { Field } from '../../../src/ui/components/field.tsx';
import { show } from '../../support/show.ts';

const fruits: ComboboxOption[] = [
  { id: 'apple', label: 'Apple', hint: 'Red' },
  { id: 'pear', label: 'Pear' },
  { id: 'a quince', label: 'Quince' },
];

beforeEach(() => {
  // happy-dom lays nothing out, and the navigation goes through what can be seen.
  const height = vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(20);
  onTestFinished(() => height.mockRestore());
});

function Fruit({ options, note, onChoose, onOpen }: FruitProps) {
  const [typed, setTyped] = useState('');
  return (
    <Field label="Fruit">
      {control => (
        <Combobox
          control={control}
          value={typed}
          maxLength={20}
          listLabel="Fruits"
          options={options.filter(({ label }) => label.toLowerCase().includes(typed))}
          note={note}
          onInput={setTyped}
          onChoose={onChoose}
          onOpen={onOpen ?? (() => {})}
        />
      )}
    </Field>
  );
}

interface FruitProps {
  options: ComboboxOption[];
  note?: string;
  onChoose: (option: ComboboxOption) => void;
  onOpen?: (isOpen: boolean) => void;
}

function showFruit(given: Partial<FruitProps> = {}) {
  const onChoose = vi.fn();
  const props = { options: fruits, onChoose, ...given };
  const shown = show(<Fruit {...props} />);
  const redraw = (more: Partial<FruitProps>) => shown.redraw(<Fruit {...props} {...more} />);
  return { ...shown, onChoose, redraw };
}

const input = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Fruit' });
const names = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);
const active = () =>
  document.getElementById(input().getAttribute('aria-activedescendant') ?? '')?.textContent;
const isExpanded = () => input().getAttribute('aria-expanded') === 'true';
const afterDrawing = () => new Promise(resolve => setTimeout(resolve));

test('closed it offers nothing; a press opens it, and what is typed narrows it', async () => {
  const onOpen = vi.fn();
  const { user } = showFruit({ onOpen });
  expect(isExpanded()).toBe(false);
  expect(names()).toEqual([]);
  await user.click(input());
  await waitFor(() => expect(isExpanded()).toBe(true));
  const list = screen.getByRole('listbox', { name: 'Fruits' });
  expect(input().getAttribute('aria-controls')).toBe(list.id);
  expect(input().getAttribute('aria-haspopup')).toBe('listbox');
  expect(input().getAttribute('aria-autocomplete')).toBe('list');
  expect(names()).toEqual(['AppleRed', 'Pear', 'Quince']);
  await user.keyboard('ea');
  await waitFor(() => expect(names()).toEqual(['Pear']));
  await user.keyboard('x');
  await waitFor(() => expect(isExpanded()).toBe(false));
  expect(onOpen.mock.calls).toEqual([[true]]);
});

test('Down and Up go through the options, Enter chooses, and the list closes with the focus kept', async () => {
  const { user, onChoose } = showFruit();
  input().focus();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(active()).toBe('AppleRed'));
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(active()).toBe('Quince');
  await user.keyboard('{ArrowUp}');
  expect(active()).toBe('Pear');
  expect(screen.getAllByRole('option', { selected: true })).toHaveLength(1);
  await user.keyboard('{Enter}');
  expect(onChoose.mock.calls).toEqual([[fruits[1]]]);
  await waitFor(() => expect(isExpanded()).toBe(false));
  expect(document.activeElement).toBe(input());
  expect(input().hasAttribute('aria-activedescendant')).toBe(false);
});

test('Up opens at the last option, and an option whose id has spaces can be chosen', async () => {
  const { user, onChoose } = showFruit();
  input().focus();
  await user.keyboard('{ArrowUp}');
  await waitFor(() => expect(active()).toBe('Quince'));
  await user.keyboard('{Enter}');
  expect(onChoose).toHaveBeenCalledWith(fruits[2]);
});

test('Alt+Down opens without an active option, Alt+Up closes', async () => {
  const { user } = showFruit();
  input().focus();
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await waitFor(() => expect(isExpanded()).toBe(true));
  expect(active()).toBeUndefined();
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await waitFor(() => expect(isExpanded()).toBe(false));
});

test.each(['{Home}', '{End}', 'p'])('%s goes back to the text', async key => {
  const { user } = showFruit();
  input().focus();
  await user.keyboard('{ArrowDown}{ArrowDown}');
  await waitFor(() => expect(active()).toBeDefined());
  await user.keyboard(key);
  expect(active()).toBeUndefined();
});

test.each([
  ['Escape', true, true],
  ['Enter', true, true],
  ['Escape', false, false],
  ['Enter', false, false],
])('%s with the list open: %s keeps the key to itself: %s', async (key, isOpen, isKept) => {
  const { user, onChoose } = showFruit();
  if (isOpen) await user.click(input());
  else input().focus();
  await waitFor(() => expect(isExpanded()).toBe(isOpen));
  const pressed = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  input().dispatchEvent(pressed);
  expect(pressed.defaultPrevented).toBe(isKept);
  await waitFor(() => expect(isExpanded()).toBe(false));
  expect(onChoose).not.toHaveBeenCalled();
});

test('Enter with Ctrl belongs to the page: it chooses nothing', async () => {
  const { user, onChoose } = showFruit();
  input().focus();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(active()).toBe('AppleRed'));
  const pressed = new KeyboardEvent('keydown', {
    key: 'Enter',
    ctrlKey: true,
    bubbles: true,
    cancelable: true,
  });
  input().dispatchEvent(pressed);
  await waitFor(() => expect(isExpanded()).toBe(false));
  expect(pressed.defaultPrevented).toBe(false);
  expect(onChoose).not.toHaveBeenCalled();
});

test('Tab leaves the field, closes the list and chooses nothing', async () => {
  const onOpen = vi.fn();
  const { user, onChoose } = showFruit({ onOpen });
  input().focus();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(active()).toBe('AppleRed'));
  await user.tab();
  await waitFor(() => expect(isExpanded()).toBe(false));
  expect(onChoose).not.toHaveBeenCalled();
  expect(onOpen.mock.calls).toEqual([[true], [false]]);
});

test('a press on an option chooses it and leaves the focus where it is', async () => {
  const { user, onChoose } = showFruit();
  await user.click(input());
  await user.click(await screen.findByRole('option', { name: 'Pear' }));
  expect(onChoose).toHaveBeenCalledWith(fruits[1]);
  expect(document.activeElement).toBe(input());
});

test('keys of an input method choose nothing', async () => {
  const { user, onChoose } = showFruit();
  input().focus();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(active()).toBe('AppleRed'));
  for (const key of ['ArrowDown', 'Enter', 'Escape']) {
    const composing = new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true });
    input().dispatchEvent(composing);
  }
  expect(active()).toBe('AppleRed');
  expect(isExpanded()).toBe(true);
  expect(onChoose).not.toHaveBeenCalled();
});

test('options that come late are gone to by the key that opened the list', async () => {
  const { user, redraw } = showFruit({ options: [], note: 'Looking…' });
  input().focus();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(screen.getAllByText('Looking…')).not.toEqual([]));
  expect(isExpanded()).toBe(false);
  redraw({ options: fruits, note: '' });
  await waitFor(() => expect(active()).toBe('AppleRed'));
});

test('the active option that is not offered any more is active no more; another stays', async () => {
  const { user, redraw } = showFruit();
  input().focus();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(active()).toBe('AppleRed'));
  await user.keyboard('{ArrowDown}');
  redraw({ options: fruits.slice(1) });
  await afterDrawing();
  expect(active()).toBe('Pear');
  redraw({ options: fruits.slice(2) });
  await waitFor(() => expect(names()).toEqual(['Quince']));
  expect(input().hasAttribute('aria-activedescendant')).toBe(false);
});

test('the note is read out while the list is open, and not more than 50 options are drawn', async () => {
  const many = Array.from({ length: 60 }, (_, index) => ({ id: `${index}`, label: `Fruit ${index}` }));
  const { user } = showFruit({ options: many, note: 'From an hour ago' });
  const region = document.querySelector('[aria-live="polite"]');
  expect(region?.textContent).toBe('');
  await user.click(input());
  await waitFor(() => expect(region?.textContent).toBe('From an hour ago'));
  expect(names()).toHaveLength(50);
});
