import { screen, within } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import { emptyDraft } from '../../../src/core/draft.ts';
import { allRules } from '../../../src/core/redaction/redaction-rules.ts';
import { secretsInDraft } from '../../../src/core/redaction/secrets-in-draft.ts';
import { SecretsPanel } from '../../../src/popup/secrets-panel.tsx';
import { show } from '../../support/show.ts';

const secrets = secretsInDraft(
  {
    ...emptyDraft('d', 0),
    title: 'Jane@example.com cannot pay',
    body: 'jane@example.com and joe@example.com: 4111 1111 1111 1111',
  },
  allRules,
  [],
);
const [jane, , joe, card] = secrets.map(({ key }) => key);

test('what was found is counted, each secret once, and named with the fields that it stands in', async () => {
  const { user } = show(<SecretsPanel secrets={secrets} onMask={() => {}} onKeep={() => {}} />);
  await user.click(screen.getByText('Found in this draft: 2 email addresses, 1 card number'));
  const items = screen.getAllByRole('listitem').map(item => item.querySelector('.secret-words')?.textContent);
  expect(items).toEqual([
    'Jane@example.comEmail addresses, in: title, text',
    'joe@example.comEmail addresses, in: text',
    '4111 1111 1111 1111Card numbers, in: text',
  ]);
});

test('one is masked or kept, or all are masked', async () => {
  const onMask = vi.fn();
  const onKeep = vi.fn();
  const { user } = show(<SecretsPanel secrets={secrets} onMask={onMask} onKeep={onKeep} />);
  await user.click(screen.getByText(/^Found/));
  await user.click(screen.getByRole('button', { name: 'Mask: Jane@example.com' }));
  expect(onMask).toHaveBeenLastCalledWith([jane]);
  await user.click(screen.getByRole('button', { name: 'Keep: joe@example.com' }));
  expect(onKeep).toHaveBeenLastCalledWith([joe]);
  await user.click(screen.getByRole('button', { name: 'Mask all' }));
  expect(onMask).toHaveBeenLastCalledWith([jane, joe, card]);
});

test('a long or broken value is shown short and on one line', () => {
  const secret = {
    field: 'body' as const,
    kind: 'token' as const,
    value: `a\n${'b'.repeat(100)}`,
    key: 'token:1',
  };
  show(<SecretsPanel secrets={[secret]} onMask={() => {}} onKeep={() => {}} />);
  expect(within(screen.getByRole('listitem')).getByText(/^a b+…$/).textContent).toHaveLength(40);
});

test('nothing found draws nothing', () => {
  show(<SecretsPanel secrets={[]} onMask={() => {}} onKeep={() => {}} />);
  expect(document.querySelector('details')).toBeNull();
});
