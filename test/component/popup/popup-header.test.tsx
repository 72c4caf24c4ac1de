import { screen } from '@testing-library/dom';
import { useState } from 'preact/hooks';
import { expect, test } from 'vitest';
import type { Draft } from '../../../src/core/draft.ts';
import { PopupHeader } from '../../../src/popup/popup-header.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { show } from '../../support/show.ts';

function Header() {
  const [kind, setKind] = useState<Draft['kind']>('ticket');
  return <PopupHeader kind={kind} onSwitch={setKind} />;
}

const tab = (name: string) => screen.getByRole('tab', { name });

test('the tabs are one stop of the Tab key, and the arrow keys move and select', async () => {
  const { user } = show(<Header />);
  await user.tab();
  expect(document.activeElement).toBe(tab('New ticket'));
  await user.keyboard('{ArrowRight}');
  expect(document.activeElement).toBe(tab('Reply'));
  expect(tab('Reply').getAttribute('aria-selected')).toBe('true');
  expect(tab('New ticket').getAttribute('aria-selected')).toBe('false');
  await user.keyboard('{ArrowRight}');
  expect(document.activeElement).toBe(tab('New ticket'));
  await user.keyboard('{ArrowLeft}');
  expect(document.activeElement).toBe(tab('Reply'));
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Activity' }));
});

test('a click on a tab selects it', async () => {
  const { user } = show(<Header />);
  await user.click(tab('Reply'));
  expect(screen.getByRole('tab', { selected: true })).toBe(tab('Reply'));
});

test('the buttons open the other pages', async () => {
  const { user } = show(<Header />);
  await user.click(screen.getByRole('button', { name: 'Activity' }));
  await user.click(screen.getByRole('button', { name: 'Settings' }));
  expect(fakeBrowser.openedTabs.map(url => new URL(url).pathname)).toEqual([
    '/src/activity/activity.html',
    '/src/options/options.html',
  ]);
});
