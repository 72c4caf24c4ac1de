import { screen, waitFor, within } from '@testing-library/dom';
import { useState } from 'preact/hooks';
import { beforeEach, expect, test } from 'vitest';
import type { ContactView } from '../../../src/contract/views.ts';
import { type Draft, type DraftEdits, emptyDraft } from '../../../src/core/draft.ts';
import { ok } from '../../../src/core/result.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { CustomerFields } from '../../../src/popup/customer-fields.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { show } from '../../support/show.ts';

const jane = { email: 'jane@example.com', name: 'Jane Doe' };
const dayMs = 24 * 60 * 60_000;

/** What the worker answers for an address; by default it is unknown. */
let contacts: Record<string, Partial<ContactView>>;
beforeEach(() => {
  contacts = { [jane.email]: { isKnown: true, name: jane.name } };
  fakeBrowser.onMessage({
    'people.recent': () => ok({ customers: [], companies: [] }),
    'accounts.find': () => ok({ companies: [], customers: [], at: 0, failure: null }),
    'people.lookUp': ({ email }) =>
      ok({ email, isKnown: false, name: '', at: Date.now(), failure: null, ...contacts[email] }),
  });
});

/** The fields over a draft that keeps what is edited. */
function showFields(draft: Partial<Draft> = {}) {
  const edits: DraftEdits[] = [];
  function Held() {
    const [held, setHeld] = useState<Draft>({ ...emptyDraft('d', 0), ...draft });
    const onEdit = (more: DraftEdits) => {
      edits.push(more);
      setHeld(before => ({ ...before, ...more }));
    };
    return <CustomerFields draft={held} problems={[]} onEdit={onEdit} />;
  }
  return { ...show(<Held />), edits };
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const email = () => field('Customer email');
const name = () => field('Customer name');
const chips = () =>
  screen
    .queryAllByRole('group', { name: 'Suggestions' })
    .flatMap(group => within(group).getAllByRole('button'))
    .map(button => button.getAttribute('aria-label'));
const asked = () => fakeBrowser.sent.filter(message => message.name !== 'people.recent');
const described = () => {
  const ids = email().getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map(id => document.getElementById(id)?.textContent).join(' ');
};

test('nothing is asked and nothing filled in before the person does something', async () => {
  const { edits } = showFields({ body: 'Write to jane@example.com', customerEmail: 'sam@example.net' });
  await new Promise(resolve => setTimeout(resolve, 500));
  expect(asked()).toEqual([]);
  expect(edits).toEqual([]);
});

test('addresses of the text are suggested, but not the own one, and a press fills one in with its name', async () => {
  fakeBrowser.store({ settings: { ...defaultSettings, agentEmail: 'me@example.com' } });
  const { user } = showFields({ body: 'From [Jane](mailto:jane@example.com), to me@example.com' });
  await waitFor(() => expect(chips()).toEqual(['Use jane@example.com']));
  await user.click(screen.getByRole('button', { name: 'Use jane@example.com' }));
  expect(email().value).toBe('jane@example.com');
  expect(document.activeElement).toBe(email());
  await waitFor(() => expect(name().value).toBe('Jane Doe'));
  expect(described()).toBe('Known to Assembly: Jane Doe.');
  expect(chips()).toEqual([]);
});

test('a name that was typed stays when the address that is chosen has none', async () => {
  contacts = {};
  const { user } = showFields({ body: 'sam@example.net', customerName: 'Sam' });
  await user.type(email(), 'sam');
  await user.click(await screen.findByRole('button', { name: 'Use sam@example.net' }));
  await waitFor(() => expect(described()).toMatch(/^Not known/));
  expect([email().value, name().value]).toEqual(['sam@example.net', 'Sam']);
});

test('the name of one suggestion does not stay with the next', async () => {
  fakeBrowser.onMessage({ 'people.recent': () => ok({ customers: [jane], companies: [] }) });
  const { user } = showFields({ body: 'sam@example.net' });
  await user.click(await screen.findByRole('button', { name: 'Use jane@example.com' }));
  expect(name().value).toBe('Jane Doe');
  await user.clear(email());
  await user.click(await screen.findByRole('button', { name: 'Use sam@example.net' }));
  await waitFor(() => expect(described()).toMatch(/^Not known/));
  expect([email().value, name().value]).toEqual(['sam@example.net', '']);
});

test('what was typed over the answer of a choice is left alone', async () => {
  let answer = () => {};
  fakeBrowser.onMessage({
    'people.lookUp': input =>
      new Promise(resolve => {
        answer = () => resolve(ok({ ...input, isKnown: true, name: 'Jane Doe', at: 0, failure: null }));
      }),
  });
  const { user } = showFields({ body: 'jane@example.com' });
  await user.click(await screen.findByRole('button', { name: 'Use jane@example.com' }));
  await user.type(name(), 'J');
  answer();
  await waitFor(() => expect(described()).toMatch(/^Known/));
  expect(name().value).toBe('J');
});

test('a typed address is asked about once, when the keys rest; its name is offered and not filled in', async () => {
  const { user } = showFields();
  await user.type(email(), 'jane@example.com');
  expect(described()).toMatch(/^Optional/);
  await waitFor(() => expect(described()).toBe('Known to Assembly: Jane Doe.'));
  expect(asked().filter(message => message.name === 'people.lookUp')).toEqual([
    { name: 'people.lookUp', input: { email: 'jane@example.com' } },
  ]);
  expect(name().value).toBe('');
  await user.click(screen.getByRole('button', { name: 'Use name Jane Doe' }));
  expect(name().value).toBe('Jane Doe');
  expect(screen.queryByRole('button', { name: /^Use name/ })).toBeNull();
});

test('leaving the field asks at once', async () => {
  const { user } = showFields();
  await user.type(email(), 'sam@example.net');
  await user.tab();
  expect(asked().at(-1)).toEqual({ name: 'people.lookUp', input: { email: 'sam@example.net' } });
  await waitFor(() => expect(described()).toBe('Not known to Assembly: will be created with this ticket.'));
});

test('an old answer is told with its age, and none with its reason', async () => {
  const offline = { kind: 'offline' } as const;
  contacts = {
    [jane.email]: { isKnown: true, name: 'Jane Doe', at: Date.now() - 2 * dayMs, failure: offline },
    'sam@example.net': { isKnown: null, at: 0, failure: offline },
  };
  const { user } = showFields();
  await user.type(email(), jane.email);
  await waitFor(() => expect(described()).toBe('Known to Assembly: Jane Doe. As of 2 days ago.'));
  await user.clear(email());
  expect(described()).toMatch(/^Optional/);
  await user.type(email(), 'sam@example.net');
  await waitFor(() => expect(described()).toBe('Could not be checked: this computer is offline.'));
});

test('only answers are read out', async () => {
  const { user } = showFields();
  const live = document.querySelector('[aria-live="polite"]');
  expect(live?.textContent).toBe('');
  await user.type(email(), jane.email);
  await waitFor(() => expect(live?.textContent).toBe('Known to Assembly: Jane Doe.'));
  await user.type(email(), 'x');
  expect(live?.textContent).toBe('');
});

test('while a name is typed, customers whom Assembly knows are suggested', async () => {
  fakeBrowser.onMessage({
    'accounts.find': () =>
      ok({
        companies: [],
        customers: [{ email: 'noor@example.org', name: 'Noor Haddad' }],
        at: 0,
        failure: null,
      }),
  });
  const { user } = showFields();
  await user.type(name(), 'haddad');
  await user.click(await screen.findByRole('button', { name: 'Use noor@example.org' }));
  expect([email().value, name().value]).toEqual(['noor@example.org', 'Noor Haddad']);
  expect(asked().filter(message => message.name === 'accounts.find')).toEqual([
    { name: 'accounts.find', input: { name: 'haddad' } },
  ]);
});
