import { text } from '../platform/localised-text.ts';
import { Icon } from '../ui/components/icon.tsx';

/** Lies over the popup while files are held over it; all of the popup takes them. */
export function DropZone({ isOpen }: { isOpen: boolean }) {
  return (
    <div class={isOpen ? 'drop-zone' : 'drop-zone drop-zone-closed'} aria-hidden="true">
      <p>
        <Icon name="attach" />
        {text(isOpen ? 'attachDrop' : 'attachDropClosed')}
      </p>
    </div>
  );
}
