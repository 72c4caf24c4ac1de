import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { isSameAddress, type Person } from '../core/directory/people.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { text } from '../platform/localised-text.ts';
import { Field } from '../ui/components/field.tsx';
import { ContactLine } from './contact-line.tsx';
import { CustomerSuggestions } from './customer-suggestions.tsx';
import { type DraftFieldsProps, problemOf } from './draft-fields.ts';
import { useContact } from './use-contact.ts';
import { type TypedField, useCustomerSuggestions } from './use-customer-suggestions.ts';

/** The customer whom the ticket is for. */
export function CustomerFields({
  draft,
  problems,
  onEdit,
}: Pick<DraftFieldsProps, 'draft' | 'problems' | 'onEdit'>) {
  const { customerEmail, customerName } = draft;
  const emailInput = useRef<HTMLInputElement>(null);
  const lineId = useId();
  const { contact, soon, nowIfSoon, now } = useContact(customerEmail);
  const [typedField, setTypedField] = useState<TypedField>(null);
  const people = useCustomerSuggestions(draft, typedField);
  // Once there, the suggestions keep their place: what stands below must not move while somebody types.
  const hasSuggested = useRef(false);
  hasSuggested.current ||= people.length > 0;
  // The name that a suggestion brought goes with it; one that was typed stays.
  const broughtName = useRef('');
  const used = useRef('');

  function use({ email, name }: Person) {
    const isBrought = customerName !== '' && customerName === broughtName.current;
    const nextName = name || (isBrought ? '' : customerName);
    broughtName.current = name;
    used.current = email;
    setTypedField(null);
    onEdit({ customerEmail: email, customerName: nextName });
    now(email);
    // The button is gone with its suggestion.
    emailInput.current?.focus();
  }

  // The name of somebody who was just chosen belongs to that choice.
  useEffect(() => {
    if (!contact || !isSameAddress(contact.email, used.current)) return;
    used.current = '';
    if (contact.name === '' || customerName.trim() !== '') return;
    broughtName.current = contact.name;
    onEdit({ customerName: contact.name });
  }, [contact]);

  return (
    <div class="customer">
      <div class="columns">
        <Field
          label={text('fieldCustomerEmail')}
          problem={problemOf(problems, 'customer-email-invalid', 'customer-email-missing')}
        >
          {control => (
            <input
              {...control}
              ref={emailInput}
              aria-describedby={[control['aria-describedby'], lineId].filter(Boolean).join(' ')}
              type="email"
              spellcheck={false}
              autocomplete="off"
              value={customerEmail}
              maxLength={fieldLimitsCharacters.customerEmail}
              onInput={event => {
                setTypedField('customerEmail');
                used.current = '';
                soon(event.currentTarget.value);
                onEdit({ customerEmail: event.currentTarget.value });
              }}
              onClick={event => now(event.currentTarget.value)}
              onBlur={nowIfSoon}
            />
          )}
        </Field>
        <Field label={text('fieldCustomerName')}>
          {control => (
            <input
              {...control}
              type="text"
              spellcheck={false}
              autocomplete="off"
              value={customerName}
              maxLength={fieldLimitsCharacters.customerName}
              onInput={event => {
                setTypedField('customerName');
                used.current = '';
                onEdit({ customerName: event.currentTarget.value });
              }}
            />
          )}
        </Field>
      </div>
      <ContactLine
        id={lineId}
        contact={contact}
        onUseName={customerName.trim() === '' ? name => onEdit({ customerName: name }) : null}
      />
      {hasSuggested.current && <CustomerSuggestions people={people} onUse={use} />}
    </div>
  );
}
