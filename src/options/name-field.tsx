import { useState } from 'preact/hooks';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { uniqueName } from '../core/unique-name.ts';
import { text } from '../platform/localised-text.ts';
import { Field } from '../ui/components/field.tsx';

interface NameFieldProps {
  name: string;
  /** The names of the others. */
  others: readonly string[];
  /** What it is called while nothing is typed. */
  fallback: string;
  onEdit: (changes: { name: string }) => void;
}

/** A name that no other has. What is typed stays in the field while it is typed; beside it stands what is saved instead. */
export function NameField({ name, others, fallback, onEdit }: NameFieldProps) {
  const [typed, setTyped] = useState(name);
  const saved = uniqueName(typed, others, fallback);
  const isOther = saved !== typed.trim();

  return (
    <Field label={text('itemName')} problem={isOther ? text('itemNameOther', saved) : undefined}>
      {control => (
        <input
          {...control}
          type="text"
          maxLength={fieldLimitsCharacters.templateName - 10}
          value={typed}
          onInput={event => {
            setTyped(event.currentTarget.value);
            onEdit({ name: uniqueName(event.currentTarget.value, others, fallback) });
          }}
          onBlur={() => setTyped(saved)}
        />
      )}
    </Field>
  );
}
