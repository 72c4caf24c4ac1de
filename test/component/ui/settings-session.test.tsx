import { waitFor } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import type { Settings } from '../../../src/core/settings.ts';
import { browser } from '../../../src/platform/browser.ts';
import { createSettingsSession } from '../../../src/ui/settings-session.ts';
import { heldPromise } from '../../support/held-promise.ts';

test('what was read while something was saved does not take the place of that', async () => {
  let shown: Settings | null = null;
  const saves: boolean[] = [];
  const session = createSettingsSession(
    settings => {
      shown = settings;
    },
    isSaved => void saves.push(isSaved),
  );
  await session.open();
  const late = heldPromise<void>();
  const { local } = browser.storage;
  const get = local.get.bind(local);
  vi.spyOn(local, 'get').mockImplementationOnce(async (...keys) => {
    const read = await get(...keys);
    await late.promise;
    return read;
  });
  const readAgain = session.readAgain();
  await waitFor(() => expect(local.get).toHaveBeenCalledTimes(1));
  session.edit({ agentName: 'Ada' });
  session.flush();
  await waitFor(() => expect(saves).toEqual([true]));
  late.resolve();
  await readAgain;
  expect(shown).toMatchObject({ agentName: 'Ada' });
});
