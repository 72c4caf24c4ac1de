import 'urlpattern-polyfill';
import { screen } from '@testing-library/dom';
import { useState } from 'preact/hooks';
import { expect, test, vi } from 'vitest';
import { exchangeFile } from '../../../src/contract/exchange-file.ts';
import { defaultSettings, type Settings } from '../../../src/core/settings.ts';
import { ExchangeSection } from '../../../src/options/exchange-section.tsx';
import { heldPromise } from '../../support/held-promise.ts';
import { show } from '../../support/show.ts';

const bug = { id: 'b', name: 'Bug', sites: [], title: 'T', body: 'B', category: '' };
let latest: Settings;
const said: unknown[][] = [];

function showSection(templates: Settings['templates']) {
  function Section() {
    const [settings, setSettings] = useState<Settings>({ ...defaultSettings, templates });
    latest = settings;
    return (
      <>
        <button
          type="button"
          onClick={() => setSettings({ ...settings, templates: [{ ...bug, body: 'Typed since' }] })}
        >
          Type
        </button>
        <ExchangeSection
          settings={settings}
          onEdit={edits => setSettings(before => ({ ...before, ...edits }))}
          say={(...words) => said.push(words)}
        />
      </>
    );
  }
  return show(<Section />);
}

const picker = () =>
  document.querySelector<HTMLInputElement>('input[type=file]') ?? document.createElement('input');
const file = (content: string) => new File([content], 'x.json', { type: 'application/json' });

test('what a file holds comes in, and what is there already does not come twice', async () => {
  const { user } = showSection([bug]);
  const shared = exchangeFile({
    templates: [bug, { ...bug, name: 'Refund' }, { ...bug, body: 'Other' }],
    recipes: [],
  });
  await user.upload(picker(), file(shared));
  expect(await screen.findByText('2 added. 1 were there already.')).toBeTruthy();
  expect(latest.templates.map(({ name }) => name)).toEqual(['Bug', 'Refund', 'Bug 2']);
  expect(new Set(latest.templates.map(({ id }) => id)).size).toBe(3);
});

test('a wrong file changes nothing, and the sentence leads to the place', async () => {
  const { user } = showSection([bug]);
  const wrong = exchangeFile({ templates: [{ ...bug, sites: ['*.com'] }], recipes: [] });
  await user.upload(picker(), file(wrong));
  await expect
    .poll(() => said.at(-1))
    .toEqual(['The value at templates[0].sites[0] is not a site. Nothing was added.', 'alarm']);
  await user.upload(picker(), file('x'.repeat(1_000_001)));
  await expect.poll(() => said.at(-1)).toEqual(['The file is larger than 1 MB. Nothing was added.', 'alarm']);
  expect(latest.templates).toEqual([bug]);
});

test('what is typed while the file is read is kept', async () => {
  const { user } = showSection([bug]);
  const { promise, resolve } = heldPromise<string>();
  const slow = Object.assign(file('{}'), { text: () => promise });
  await user.upload(picker(), slow);
  await user.click(screen.getByRole('button', { name: 'Type' }));
  resolve(exchangeFile({ templates: [{ ...bug, name: 'Refund', body: 'R' }], recipes: [] }));
  await screen.findByText('1 added.');
  expect(latest.templates.map(({ body }) => body)).toEqual(['Typed since', 'R']);
});

test('with nothing to export nothing is exported', async () => {
  const made = vi.spyOn(URL, 'createObjectURL');
  const { user } = showSection([]);
  await user.click(screen.getByRole('button', { name: 'Export to a file' }));
  expect(made).not.toHaveBeenCalled();
});
