import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps {
  children?: ComponentChildren;
  onPress: () => void;
  variant?: 'primary' | 'quiet' | 'danger' | undefined;
  icon?: IconName;
  /** The accessible name where the visible content is an icon alone, or needs the item's name. */
  label?: string;
  /** Stays focusable and says that it is off: a button that vanishes under the finger loses its user. */
  isOff?: boolean;
  /** The keys that do the same, as `aria-keyshortcuts` writes them. */
  shortcut?: string;
}

export function Button({ children, onPress, variant, icon, label, isOff = false, shortcut }: ButtonProps) {
  const classes = ['button', variant && `button-${variant}`, !children && 'button-icon'];
  return (
    <button
      type="button"
      class={classes.filter(Boolean).join(' ')}
      aria-label={label}
      title={children ? undefined : label}
      aria-disabled={isOff}
      aria-keyshortcuts={shortcut}
      onClick={() => !isOff && onPress()}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
