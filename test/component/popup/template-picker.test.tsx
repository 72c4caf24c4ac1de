import { screen, waitFor } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import { type Draft, emptyDraft } from '../../../src/core/draft.ts';
import { ok } from '../../../src/core/result.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import type { AppliedTemplate } from '../../../src/core/template/template.ts';
import { announceChange } from '../../../src/platform/changes.ts';
import { TemplatePicker } from '../../../src/popup/template-picker.tsx';
import type { PopupActions } from '../../../src/popup/use-popup.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { show } from '../../support/show.ts';

const bug = { id: 'b', name: 'Bug', sites: [], title: '', body: '', category: '' };
const refund = { ...bug, id: 'r', name: 'Refund' };
const fields = { title: '', body: '', category: '' };

function applied(template: typeof bug, isChosen: boolean): AppliedTemplate {
  const { id, name } = template;
  return { ...fields, id, name, before: fields, after: fields, isChosen };
}

function showPicker(draft: Partial<Draft> = {}, templates = [bug, refund]) {
  fakeBrowser.store({ settings: { ...defaultSettings, templates } });
  const said: string[] = [];
  const onChange: PopupActions['change'] = vi.fn(async (ask, word = '') => {
    said.push(word);
    return (await ask('d')).ok;
  });
  const whole = { ...emptyDraft('d', 0), ...draft };
  fakeBrowser.onMessage({ 'draft.applyTemplate': () => ok(whole) });
  return { ...show(<TemplatePicker draft={whole} onChange={onChange} />), said };
}

const picker = () => screen.findByRole<HTMLSelectElement>('combobox', { name: 'Template' });
const asked = () => fakeBrowser.sent.map(({ input }) => input);

test('nothing is drawn while there is no template', async () => {
  const { redraw } = showPicker({}, []);
  await Promise.resolve();
  expect(screen.queryByRole('combobox')).toBeNull();
  // One that the draft has stays to be taken back when the settings have it no longer.
  redraw(
    <TemplatePicker
      draft={{ ...emptyDraft('d', 0), template: applied(bug, true) }}
      onChange={async () => true}
    />,
  );
  expect((await picker()).value).toBe('b');
});

test('one is chosen and taken back, and it is said', async () => {
  const { user, said } = showPicker({ template: applied(bug, true) });
  const select = await picker();
  await waitFor(() =>
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'No template',
      'Bug',
      'Refund',
    ]),
  );
  expect(select.value).toBe('b');
  await user.selectOptions(select, 'Refund');
  await user.selectOptions(select, 'No template');
  expect(asked()).toEqual([
    { draftId: 'd', templateId: 'r' },
    { draftId: 'd', templateId: null },
  ]);
  expect(said).toEqual(['Template “Refund” applied.', 'Template taken back. What you typed is still there.']);
});

test('one that came with its site says so, and one that was chosen does not', async () => {
  showPicker({ template: applied(bug, false) });
  await picker();
  expect(screen.getByText('Applied automatically on this site.')).toBeTruthy();
});

test('the choice of none is none', async () => {
  showPicker({ template: applied({ ...bug, id: '', name: '' }, true) });
  expect((await picker()).value).toBe('');
  expect(screen.queryByText('Applied automatically on this site.')).toBeNull();
});

test('a template that is added to the settings meanwhile is offered', async () => {
  showPicker({}, [bug]);
  await picker();
  fakeBrowser.store({ settings: { ...defaultSettings, templates: [bug, refund] } });
  announceChange({ about: 'settings' });
  expect(await screen.findByRole('option', { name: 'Refund' })).toBeTruthy();
});
