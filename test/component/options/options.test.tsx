import { fireEvent, screen, waitFor, within } from '@testing-library/dom';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fail, ok, type Result } from '../../../src/core/result.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { Options } from '../../../src/options/options.tsx';
import { browser } from '../../../src/platform/browser.ts';
import { announceChange } from '../../../src/platform/changes.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { heldPromise } from '../../support/held-promise.ts';
import { show } from '../../support/show.ts';

const firstSettings = { ...defaultSettings, categories: ['Bug', 'Question', 'Feature request', 'Feedback'] };

const status = () => screen.getByRole('status').textContent;
const button = (name: string) => screen.getByRole('button', { name });
const textbox = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const storedSettings = () => fakeBrowser.stored().settings;

/** As the worker does it: from the store, without the key itself. */
beforeEach(() => {
  fakeBrowser.onMessage({
    'key.describe': () => {
      const record = fakeBrowser.stored().apiKey as { value: string } | undefined;
      return ok({ present: record !== undefined, hint: record?.value.slice(-4) ?? '' });
    },
  });
});

async function open() {
  const shown = show(<Options />);
  await screen.findByRole('textbox', { name: 'Your name' });
  return shown;
}

describe('API key', () => {
  const withKey = () => fakeBrowser.store({ apiKey: { version: 1, id: 'a', value: 'fake-key-0000-abcd' } });

  test('a saved key is told by its end alone, and Test and Remove then work', async () => {
    const { user } = await open();
    await screen.findByText('No key is stored.');
    expect(button('Test key').getAttribute('aria-disabled')).toBe('true');
    await user.type(screen.getByLabelText('API key', { selector: 'input' }), 'fake-key-0000-abcd{Enter}');
    expect(await screen.findByText('A key ending in abcd is stored.')).toBeTruthy();
    expect(status()).toBe('Key saved.');
    expect(button('Test key').getAttribute('aria-disabled')).toBe('false');
    expect(document.documentElement.outerHTML).not.toContain('fake-key-0000');
  });

  test('a key that the popup takes in over this page is told here', async () => {
    await open();
    await screen.findByText('No key is stored.');
    withKey();
    announceChange({ about: 'outbox' });
    expect(await screen.findByText('A key ending in abcd is stored.')).toBeTruthy();
    expect(button('Test key').getAttribute('aria-disabled')).toBe('false');
  });

  test('the test says that the key works', async () => {
    withKey();
    fakeBrowser.onMessage({ 'key.test': () => ok(null) });
    const { user } = await open();
    await screen.findByText(/ending in abcd/);
    await user.click(button('Test key'));
    await waitFor(() => expect(status()).toBe('The key works.'));
  });

  test('the test says why the key does not work, and that can be copied and dismissed', async () => {
    withKey();
    fakeBrowser.onMessage({
      'key.test': () => fail({ kind: 'key-refused', status: 401, detail: 'Invalid' }),
    });
    const { user } = await open();
    await screen.findByText(/ending in abcd/);
    await user.click(button('Test key'));
    await waitFor(() => expect(status()).toMatch(/refused the API key \(401: Invalid\)/));
    await user.click(button('Copy message'));
    expect(await navigator.clipboard.readText()).toBe(status());
    await user.click(button('Dismiss'));
    expect(status()).toBe('');
  });

  test('the answer to a test of a key that is replaced by now says nothing of the new one', async () => {
    withKey();
    const testing = heldPromise<Result<null>>();
    fakeBrowser.onMessage({ 'key.test': () => testing.promise });
    const { user } = await open();
    await screen.findByText(/ending in abcd/);
    await user.click(button('Test key'));
    await user.type(screen.getByLabelText('API key', { selector: 'input' }), 'fake-key-0000-wxyz{Enter}');
    await waitFor(() => expect(status()).toBe('Key saved.'));
    testing.resolve(fail({ kind: 'key-refused', status: 401, detail: 'Invalid' }));
    await waitFor(() => expect(button('Test key').getAttribute('aria-disabled')).toBe('false'));
    expect(status()).toBe('Key saved.');
  });

  test('Remove removes it', async () => {
    withKey();
    fakeBrowser.onMessage({
      'key.remove': () => {
        fakeBrowser.clearStorage();
        return ok(null);
      },
    });
    const { user } = await open();
    await screen.findByText(/ending in abcd/);
    await user.click(button('Remove key'));
    expect(await screen.findByText('No key is stored.')).toBeTruthy();
    expect(status()).toBe('Key removed.');
  });
});

describe('Who you are', () => {
  test('is saved as it is typed, within 300 ms of the first key', async () => {
    const { user } = await open();
    await user.type(textbox('Your name'), 'Ada');
    await waitFor(() => expect(storedSettings()).toEqual({ ...firstSettings, agentName: 'Ada' }), {
      timeout: 300,
    });
    expect(status()).toBe('Saved.');
  });

  test('is saved at once when the page goes away', async () => {
    await open();
    fireEvent.input(textbox('Your name'), { target: { value: 'Ada' } });
    expect(storedSettings()).toBeUndefined();
    fireEvent(window, new Event('pagehide'));
    expect(storedSettings()).toEqual({ ...firstSettings, agentName: 'Ada' });
  });

  test('is saved at once when the field is left', async () => {
    const { user } = await open();
    await user.type(textbox('Your email'), 'ada@example.com');
    await user.tab();
    expect(storedSettings()).toEqual({ ...firstSettings, agentEmail: 'ada@example.com' });
  });

  test('an address is doubted only after it was typed', async () => {
    const { user } = await open();
    await user.type(textbox('Your email'), 'ada@');
    expect(textbox('Your email').getAttribute('aria-invalid')).toBe('false');
    await user.tab();
    expect(await screen.findByText('This does not look like an email address.')).toBeTruthy();
    await user.type(textbox('Your email'), 'example.com');
    await user.tab();
    await waitFor(() => expect(textbox('Your email').getAttribute('aria-invalid')).toBe('false'));
  });

  test('the address is checked by a press and not before, and what came of it goes with the next key', async () => {
    fakeBrowser.onMessage({
      'agent.check': ({ email }) =>
        email === 'ada@example.com'
          ? ok({ isKnown: true, name: 'Ada Moreau', failure: null })
          : ok({ isKnown: false, name: '', failure: null }),
    });
    const { user } = await open();
    expect(button('Check your email').getAttribute('aria-disabled')).toBe('true');
    await user.type(textbox('Your email'), 'ada@example.com');
    expect(fakeBrowser.sent.map(({ name }) => name)).not.toContain('agent.check');
    await user.click(button('Check your email'));
    await screen.findByText('Ada Moreau is an agent of your Assembly.');
    await user.type(textbox('Your email'), 'x');
    expect(screen.queryByText(/is an agent/)).toBeNull();
    await user.click(button('Check your email'));
    await screen.findByText(/^No agent of your Assembly has this address/);
  });

  test('an address that could not be checked says why', async () => {
    fakeBrowser.onMessage({
      'agent.check': () => ok({ isKnown: null, name: '', failure: { kind: 'no-key' } }),
    });
    const { user } = await open();
    await user.type(textbox('Your email'), 'ada@example.com');
    await user.click(button('Check your email'));
    await screen.findByText('Could not be checked: there is no API key yet.');
  });

  test('a save that fails is told, and the words stay and are saved by the next key', async () => {
    const { user } = await open();
    fakeBrowser.fillDisk();
    await user.type(textbox('Your name'), 'Ad');
    await waitFor(() => expect(status()).toMatch(/could not be saved/));
    expect(fakeBrowser.stored()).toEqual({});
    expect(textbox('Your name').value).toBe('Ad');
    fakeBrowser.emptyDisk();
    await user.type(textbox('Your name'), 'a');
    await waitFor(() => expect(storedSettings()).toMatchObject({ agentName: 'Ada' }));
  });

  test('what another window saved meanwhile is shown, and is not overwritten', async () => {
    const { user } = await open();
    fakeBrowser.store({ settings: { ...defaultSettings, agentName: 'Grace' } });
    new BroadcastChannel('capture-changes').postMessage({ about: 'settings' });
    await waitFor(() => expect(textbox('Your name').value).toBe('Grace'));
    await user.type(textbox('Your email'), 'g');
    await user.tab();
    expect(storedSettings()).toEqual({ ...defaultSettings, agentName: 'Grace', agentEmail: 'g' });
  });

  test('settings that cannot be read are put aside before they are replaced', async () => {
    const later = { version: 2, agentName: 'Ada', more: true };
    fakeBrowser.store({ settings: later });
    const { user } = await open();
    await user.type(textbox('Your name'), 'G');
    await user.tab();
    expect(fakeBrowser.stored()).toEqual({
      settings: { ...firstSettings, agentName: 'G' },
      settingsPutAside: later,
    });
  });

  test('settings that cannot be read are told, and the rest of the page works', async () => {
    vi.spyOn(browser.storage.local, 'get').mockRejectedValueOnce(new Error('IO error'));
    show(<Options />);
    await waitFor(() => expect(status()).toBe('Something went wrong: Error: IO error'));
    expect(button('Save key')).toBeTruthy();
  });
});

describe('New tickets', () => {
  test('categories are one a line; blank lines and repeats are not kept, but stay as typed', async () => {
    const { user } = await open();
    const categories = textbox('Categories');
    await user.clear(categories);
    await user.type(categories, 'Bug{Enter}{Enter} Billing {Enter}Bug{Enter}');
    expect(categories.value).toBe('Bug\n\n Billing \nBug\n');
    await user.tab();
    expect(storedSettings()).toMatchObject({ categories: ['Bug', 'Billing'] });
  });

  test('more categories than fit are told', async () => {
    await open();
    const lines = Array.from({ length: 51 }, (_, index) => `Category ${index}`).join('\n');
    fireEvent.input(textbox('Categories'), { target: { value: lines } });
    expect(await screen.findByText(/^At most 50 categories/)).toBeTruthy();
  });

  test('a page detail can be left out of new drafts', async () => {
    const { user } = await open();
    const group = screen.getByRole('group', { name: 'Page details to include' });
    await user.click(within(group).getByRole('checkbox', { name: 'Page address' }));
    await waitFor(() => expect(storedSettings()).toMatchObject({ omittedDetails: ['page_url'] }));
    await user.click(within(group).getByRole('checkbox', { name: 'Page address' }));
    await waitFor(() => expect(storedSettings()).toMatchObject({ omittedDetails: [] }));
  });
});

describe('Keyboard shortcuts', () => {
  test('are the real ones, and those without keys say so', async () => {
    fakeBrowser.commands = [
      { name: '_execute_action', description: '', shortcut: 'Alt+Shift+E' },
      { name: 'capture-region', description: 'Capture a region', shortcut: '' },
    ];
    const { user } = await open();
    const region = await screen.findByText('Capture a region');
    expect(region.closest('li')?.textContent).toBe('Capture a regionNot set');
    expect(screen.getByText('Open the popup').closest('li')?.textContent).toBe('Open the popupAlt+Shift+E');
    await user.click(button('Change shortcuts'));
    expect(fakeBrowser.openedTabs).toEqual(['chrome://extensions/shortcuts']);
  });
});

describe('Privacy', () => {
  function onErase() {
    fakeBrowser.onMessage({
      'data.eraseEverything': () => {
        fakeBrowser.clearStorage();
        announceChange({ about: 'settings' });
        return ok(null);
      },
    });
  }
  const dialogButton = async (name: string) =>
    within(await screen.findByRole('dialog')).getByRole('button', { name });

  test('everything is erased only after a second yes', async () => {
    fakeBrowser.store({
      settings: { ...defaultSettings, agentName: 'Ada' },
      apiKey: { version: 1, id: 'a', value: 'fake-key-0000-abcd' },
    });
    onErase();
    const { user } = await open();
    await screen.findByText(/ending in abcd/);
    await user.click(button('Erase everything'));
    await user.click(await dialogButton('Cancel'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fakeBrowser.sent.map(({ name }) => name)).not.toContain('data.eraseEverything');
    expect(textbox('Your name').value).toBe('Ada');

    await user.click(button('Erase everything'));
    await user.click(await dialogButton('Erase everything'));
    await waitFor(() => expect(status()).toBe('Everything is erased.'));
    await waitFor(() => expect(textbox('Your name').value).toBe(''));
    expect(await screen.findByText('No key is stored.')).toBeTruthy();
  });

  test('what was typed just before does not come back by a late save', async () => {
    onErase();
    const { user } = await open();
    await user.type(textbox('Your name'), 'Ada');
    await user.click(button('Erase everything'));
    await user.click(await dialogButton('Erase everything'));
    await waitFor(() => expect(status()).toBe('Everything is erased.'));
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(fakeBrowser.stored()).toEqual({});
  });
});

describe('access to Assembly', () => {
  const words = /does not let this extension reach Assembly/;

  test('nothing is said while it is there', async () => {
    await open();
    expect(screen.queryByText(words)).toBeNull();
  });

  test('when it is missing, it can be asked for', async () => {
    fakeBrowser.setHostAccess(false);
    const { user } = await open();
    await screen.findByText(words);
    await user.click(button('Allow access'));
    await waitFor(() => expect(screen.queryByText(words)).toBeNull());
    expect(status()).toMatch(/^Access is allowed/);
  });

  test('a no leaves the button there', async () => {
    fakeBrowser.setHostAccess(false);
    fakeBrowser.personAllowsAccess = false;
    const { user } = await open();
    await screen.findByText(words);
    await user.click(button('Allow access'));
    await waitFor(() => expect(status()).toMatch(/still does not allow/));
    expect(button('Allow access')).toBeTruthy();
  });

  test('it is noticed when it is withdrawn while the page is open', async () => {
    await open();
    fakeBrowser.setHostAccess(false);
    expect(await screen.findByText(words)).toBeTruthy();
  });
});
