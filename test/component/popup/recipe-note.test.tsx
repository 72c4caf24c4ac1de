import { screen } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { type Draft, emptyDraft } from '../../../src/core/draft.ts';
import { ok } from '../../../src/core/result.ts';
import { RecipeNote } from '../../../src/popup/recipe-note.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { show } from '../../support/show.ts';

const filled: Draft = {
  ...emptyDraft('d', 0),
  customerEmail: 'grace@example.com',
  companyText: 'Acme',
  properties: [{ name: 'order_number', value: '1', isSent: true }],
  recipe: {
    id: 'r',
    name: 'Shop admin',
    pageUrl: 'https://a.example/',
    fields: { customerEmail: 'grace@example.com', companyText: 'Acme' },
    properties: ['order_number'],
  },
};

const said: string[] = [];

function note(draft: Draft) {
  return (
    <RecipeNote
      draft={draft}
      onChange={async (ask, word = '') => {
        said.push(word);
        return (await ask('d')).ok;
      }}
    />
  );
}

test('it says what was filled in, and takes it back', async () => {
  fakeBrowser.onMessage({ 'draft.undoRecipe': () => ok(filled) });
  const { user } = show(note(filled));
  expect(screen.getByRole('note').textContent).toContain(
    'From this page by “Shop admin”: Customer email, Company, order_number.',
  );
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(fakeBrowser.sent).toEqual([{ name: 'draft.undoRecipe', input: { draftId: 'd' } }]);
  expect(said).toEqual(['Taken back. This recipe does not fill this page again for this ticket.']);
});

test('what the person changed since is not named', () => {
  show(note({ ...filled, customerEmail: 'ada@example.com' }));
  expect(screen.getByRole('note').textContent).toContain('by “Shop admin”: Company, order_number.');
});

test('nothing is said where nothing is filled in, or all of it was taken back', () => {
  const { redraw } = show(note(emptyDraft('d', 0)));
  expect(screen.queryByRole('note')).toBeNull();
  redraw(note({ ...filled, customerEmail: '', companyText: '', properties: [] }));
  expect(screen.queryByRole('note')).toBeNull();
});
