// The sole import of the polyfill: everything else asks for `browser` here. What the polyfill does not know
// (openPopup, getContexts, setAccessLevel) is called on `chrome`, in this layer only.
import browser from 'webextension-polyfill';

export { browser };
