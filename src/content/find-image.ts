import { ownEntries } from './own-entries.ts';
import { imageAt } from './scroller/image-at.ts';

// Injected anew for every image: the newest file wins, the registry stays.
const entries = ownEntries();
entries.findImage = address => {
  const element = imageAt(address);
  if (element) entries.subject = { kind: 'element', element };
  return element !== null;
};
