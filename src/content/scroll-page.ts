import { ownEntries } from './own-entries.ts';
import { pageScroller } from './scroller/page-scroller.ts';

// Injected anew for every capture. One that is still at work is ended first: only it can put the page back.
const entries = ownEntries();
entries.pageScroller?.finish();
entries.pageScroller = pageScroller;
