import 'fake-indexeddb/auto';
import { beforeEach } from 'vitest';
import { fakeBrowser } from './fake-browser.ts';

// Runs before each file of component tests, and so before any code of src is loaded.
beforeEach(() => fakeBrowser.reset());
