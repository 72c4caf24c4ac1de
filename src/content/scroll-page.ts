import type {} from '../contract/content-entries.ts';
import { pageScroller } from './scroller/page-scroller.ts';

// Injected anew for every capture. One that is still at work is ended first: only it can put the page back.
globalThis.captureForAssembly ??= {};
globalThis.captureForAssembly.pageScroller?.finish();
globalThis.captureForAssembly.pageScroller = pageScroller;
