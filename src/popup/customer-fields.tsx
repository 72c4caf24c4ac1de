import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { text } from '../platform/localised-text.ts';
import { Field } from '../ui/components/field.tsx';
import { type DraftFieldsProps, problemOf } from './draft-fields.ts';

/** The customer whom the ticket is for. */
export function CustomerFields({
  draft,
  problems,
  onEdit,
}: Pick<DraftFieldsProps, 'draft' | 'problems' | 'onEdit'>) {
  return (
    <div class="columns">
      <Field
        label={text('fieldCustomerEmail')}
        problem={problemOf(problems, 'customer-email-invalid', 'customer-email-missing')}
      >
        {control => (
          <input
            {...control}
            type="email"
            value={draft.customerEmail}
            maxLength={fieldLimitsCharacters.customerEmail}
            onInput={event => onEdit({ customerEmail: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={text('fieldCustomerName')}>
        {control => (
          <input
            {...control}
            type="text"
            value={draft.customerName}
            maxLength={fieldLimitsCharacters.customerName}
            onInput={event => onEdit({ customerName: event.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  );
}
