import type { ComponentChildren } from 'preact';

export interface ComboboxOption {
  id: string;
  /** What is chosen, in words. */
  label: string;
  /** A second line. */
  hint?: string;
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
  /** The list is open, or not any more: for who loads the options. */
  onOpen?: (isOpen: boolean) => void;
}

/** A text field with a list of what can be chosen for it (ARIA: an editable combobox with list autocomplete). */
export function Combobox({ control, value, maxLength, onInput }: ComboboxProps) {
  return (
    <input
      {...control}
      type="text"
      role="combobox"
      aria-expanded={false}
      spellcheck={false}
      autocomplete="off"
      value={value}
      maxLength={maxLength}
      onInput={event => onInput(event.currentTarget.value)}
    />
  );
}
