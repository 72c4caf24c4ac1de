import { fireEvent, screen, within } from '@testing-library/dom';
import { useState } from 'preact/hooks';
import { expect, test } from 'vitest';
import { secretKinds } from '../../../src/core/redaction/secret-kind.ts';
import { defaultSettings, type Settings } from '../../../src/core/settings.ts';
import { RedactionSection } from '../../../src/options/redaction-section.tsx';
import { show } from '../../support/show.ts';

let latest: Settings;

function Section() {
  const [settings, setSettings] = useState<Settings>(defaultSettings);
  latest = settings;
  return <RedactionSection settings={settings} onEdit={edits => setSettings({ ...settings, ...edits })} />;
}

test('all kinds are looked for until one is switched off, and keep their order', async () => {
  const { user } = show(<Section />);
  const group = screen.getByRole('group', { name: 'Look for' });
  const boxes = within(group).getAllByRole<HTMLInputElement>('checkbox');
  expect(boxes.map(({ checked }) => checked)).toEqual(secretKinds.map(() => true));
  const email = within(group).getByRole('checkbox', { name: /^Email addresses.*jane@example\.com$/ });
  await user.click(email);
  expect(latest.redaction.kinds).toEqual(secretKinds.filter(kind => kind !== 'email'));
  await user.click(email);
  expect(latest.redaction.kinds).toEqual(secretKinds);
});

test('own words are one a line, and stay as they are typed', async () => {
  const { user } = show(<Section />);
  const own = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Own words and patterns' });
  await user.type(own, 'Falcon{Enter}{Enter} ACME-#### {Enter}Falcon');
  expect(own.value).toBe('Falcon\n\n ACME-#### \nFalcon');
  expect(latest.redaction).toEqual({ kinds: secretKinds, ownPatterns: ['Falcon', 'ACME-####'] });
});

test('what would find everything is not kept, and is told', async () => {
  show(<Section />);
  fireEvent.input(screen.getByRole('textbox', { name: 'Own words and patterns' }), {
    target: { value: 'Falcon\n*' },
  });
  expect(await screen.findByText(/^At most 100 lines/)).toBeTruthy();
  expect(latest.redaction.ownPatterns).toEqual(['Falcon']);
});
