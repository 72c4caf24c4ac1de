import 'fake-indexeddb/auto';
import { configure } from '@testing-library/dom';
import { beforeEach } from 'vitest';
import { fakeBrowser } from './fake-browser.ts';

// Runs before each file of component tests, and so before any code of src is loaded.
beforeEach(() => fakeBrowser.reset());

// The default of a second is missed on a machine that has other work.
configure({ asyncUtilTimeout: 5_000 });
