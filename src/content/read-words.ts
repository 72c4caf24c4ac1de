import type {} from '../contract/content-entries.ts';
import { wordsInSight } from './words/word-walk.ts';

// Injected anew on every capture: the newest file wins, the registry stays.
globalThis.captureForAssembly ??= {};
globalThis.captureForAssembly.readWords = () => wordsInSight(document, globalThis);
