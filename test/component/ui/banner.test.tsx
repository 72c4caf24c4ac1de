import { screen } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import { Banner } from '../../../src/ui/components/banner.tsx';
import { show } from '../../support/show.ts';

test('an alarm is announced, can be copied, and stays until it is dismissed', async () => {
  const onDismiss = vi.fn();
  const { user } = show(<Banner kind="alarm" message="The disk is full." onDismiss={onDismiss} />);
  expect(screen.getByRole('alert').textContent).toContain('The disk is full.');
  await user.click(screen.getByRole('button', { name: 'Copy message' }));
  expect(await navigator.clipboard.readText()).toBe('The disk is full.');
  expect(onDismiss).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(onDismiss).toHaveBeenCalledOnce();
});

test('a notice interrupts nobody', () => {
  show(<Banner kind="notice" message="Nothing is selected." onDismiss={() => {}} />);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByText('Nothing is selected.')).toBeTruthy();
});
