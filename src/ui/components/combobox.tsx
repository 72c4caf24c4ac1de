import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useComboboxNavigation } from '../hooks/use-combobox-navigation.ts';
import { Icon } from './icon.tsx';

export interface ComboboxOption {
  id: string;
  /** What is chosen, in words. */
  label: string;
  /** A second line. */
  hint?: string;
  /** It is shown, and cannot be chosen (any more). */
  isOff?: boolean;
}

export interface ComboboxProps {
  /** From `Field`: ties the input to its label, hint and problem. */
  control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean };
  value: string;
  maxLength: number;
  /** Names the list of options. */
  listLabel: string;
  /** What is offered for the present value, best first; more than 50 are not drawn. */
  options: readonly ComboboxOption[];
  /** Stands below the options, in the open list: how old they are, that more is looked for. Read out too. */
  note?: ComponentChildren;
  onInput: (typed: string) => void;
  onChoose: (option: ComboboxOption) => void;
  /** A moment to load options before they are asked for. */
  onFocus?: () => void;
  /** The list is open, or not any more: for who loads the options. */
  onOpen?: (isOpen: boolean) => void;
}

const optionLimit = 50;

/** A text field with a list of what can be chosen for it (ARIA: an editable combobox with list autocomplete). */
export function Combobox(props: ComboboxProps) {
  const { control, value, maxLength, listLabel, note, onInput, onChoose, onFocus, onOpen } = props;
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const options = isOpen ? props.options.slice(0, optionLimit) : [];
  const isListed = options.length > 0;
  const isShown = isListed || (isOpen && hasWords(note));
  const { input, panel, list, hasActiveOption, leaveOptions, startAt } = useComboboxNavigation(
    isListed,
    choose,
  );

  function open(): void {
    if (isOpen) return;
    setOpen(true);
    onOpen?.(true);
  }
  function close(): void {
    leaveOptions();
    if (!isOpen) return;
    setOpen(false);
    onOpen?.(false);
  }
  function choose(element: Element): void {
    const chosen = options.find(({ id }) => idOf(listId, id) === element.id);
    close();
    if (chosen) onChoose(chosen);
  }

  function onKeyDown(event: KeyboardEvent): void {
    // These keys are the input method's: they go through its own list.
    if (event.isComposing) {
      event.stopImmediatePropagation();
      return;
    }
    const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
    if (event.key === 'Escape' && isShown) {
      // Or Chrome would close the whole popup.
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && !isPlain) {
      close();
    } else if (event.key === 'Enter' && isShown && !hasActiveOption()) {
      event.preventDefault();
      close();
    } else if (step !== null && event.altKey) {
      event.preventDefault();
      if (step === 1) open();
      else close();
    } else if (step !== null && isPlain && !isListed) {
      event.preventDefault();
      startAt(step);
      open();
    }
  }

  return (
    <div class="combobox">
      <input
        {...control}
        ref={input}
        type="text"
        role="combobox"
        aria-expanded={isListed}
        aria-controls={listId}
        spellcheck={false}
        autocomplete="off"
        value={value}
        maxLength={maxLength}
        onInput={event => {
          leaveOptions();
          open();
          onInput(event.currentTarget.value);
        }}
        onFocus={() => onFocus?.()}
        onClick={open}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      <Icon name="chevron-down" />
      <div class="combobox-panel" ref={panel} hidden={!isShown}>
        <div ref={list} role="listbox" id={listId} aria-label={listLabel} hidden={!isListed}>
          {options.map(({ id, label, hint, isOff }) => (
            <div
              key={id}
              id={idOf(listId, id)}
              role="option"
              tabIndex={-1}
              aria-disabled={isOff ? true : undefined}
            >
              <div class="combobox-label">{label}</div>
              {hint && <div class="hint">{hint}</div>}
            </div>
          ))}
        </div>
        {isShown && hasWords(note) && (
          <p class="hint combobox-note" aria-hidden="true">
            {note}
          </p>
        )}
      </div>
      {/* What appears together with its region is not read out by all screen readers: this one is always there. */}
      <div class="visually-hidden" aria-live="polite">
        {isShown && note}
      </div>
    </div>
  );
}

/** No space may stand in an id that `aria-activedescendant` names. */
function idOf(listId: string, optionId: string): string {
  return `${listId}-${optionId.replace(/\s/g, '_')}`;
}

function hasWords(note: ComponentChildren): boolean {
  return note !== undefined && note !== null && note !== false && note !== '';
}
