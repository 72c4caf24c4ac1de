import { screen, waitFor } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import { browser } from '../../../src/platform/browser.ts';
import { KeyForm } from '../../../src/ui/components/key-form.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { heldPromise } from '../../support/held-promise.ts';
import { show } from '../../support/show.ts';

const key = 'fake-key-of-a-test-0000';
const field = () => screen.getByLabelText<HTMLInputElement>('API key');
const save = () => screen.getByRole('button', { name: 'Save key' });

test('a key is cleaned and kept, and then stands nowhere in the page', async () => {
  const onSaved = vi.fn();
  const { user } = show(<KeyForm onSaved={onSaved} />);
  await user.click(field());
  await user.paste(`Authorization: Bearer "${key}"\n`);
  await user.click(save());
  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  expect(fakeBrowser.stored()).toEqual({ apiKey: { version: 1, id: expect.any(String), value: key } });
  expect(field().value).toBe('');
  expect(document.documentElement.outerHTML).not.toContain(key);
});

test('the key goes into no message', async () => {
  const onSaved = vi.fn();
  const { user } = show(<KeyForm onSaved={onSaved} />);
  await user.type(field(), `${key}{Enter}`);
  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  expect(fakeBrowser.sent).toEqual([]);
});

test('a stored key is never filled in', () => {
  fakeBrowser.store({ apiKey: { version: 1, id: 'a', value: key } });
  show(<KeyForm onSaved={() => {}} />);
  expect(field().value).toBe('');
  expect(field().type).toBe('password');
});

test.each([
  ['', 'Paste an API key first.'],
  ['Bearer', 'Paste an API key first.'],
  ['schlüssel', 'This does not look like an API key'],
])('%j is refused beside the field, and nothing is stored', async (typed, words) => {
  const onSaved = vi.fn();
  const { user } = show(<KeyForm onSaved={onSaved} />);
  if (typed !== '') await user.type(field(), typed);
  await user.click(save());
  await waitFor(() => expect(field().getAttribute('aria-invalid')).toBe('true'));
  const description = document.getElementById(field().getAttribute('aria-describedby') ?? '');
  expect(description?.textContent).toContain(words);
  expect(document.activeElement).toBe(field());
  expect(onSaved).not.toHaveBeenCalled();
  expect(fakeBrowser.stored()).toEqual({});
});

test('a key that could not be stored stays in the field, with the reason', async () => {
  fakeBrowser.fillDisk();
  const onSaved = vi.fn();
  const { user } = show(<KeyForm onSaved={onSaved} />);
  await user.type(field(), `${key}{Enter}`);
  expect(await screen.findByText(/Something went wrong: .*No space left/)).toBeTruthy();
  expect(field().value).toBe(key);
  expect(onSaved).not.toHaveBeenCalled();
});

describe('while a key is being kept', () => {
  /** The storage takes its time. */
  function holdStorage() {
    const held = heldPromise<void>();
    vi.spyOn(browser.storage.local, 'set').mockImplementationOnce(() => held.promise);
    return held;
  }

  test('what is typed into the field meanwhile stays', async () => {
    const storage = holdStorage();
    const onSaved = vi.fn();
    const { user } = show(<KeyForm onSaved={onSaved} />);
    await user.type(field(), `${key}{Enter}`);
    await user.clear(field());
    await user.type(field(), 'another-key');
    storage.resolve();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(field().value).toBe('another-key');
  });

  test('the form may go, because the key is known already: it is kept all the same', async () => {
    const storage = holdStorage();
    const onSaved = vi.fn();
    const { user, redraw } = show(<KeyForm onSaved={onSaved} />);
    await user.type(field(), `${key}{Enter}`);
    redraw(<p>The draft</p>);
    storage.resolve();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  });
});
