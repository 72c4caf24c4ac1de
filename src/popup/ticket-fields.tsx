import { bodyLimitCharacters } from '../core/draft.ts';
import { ticketTitle } from '../core/draft-request.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { defaultSettings } from '../core/settings.ts';
import { text } from '../platform/localised-text.ts';
import { readSettings } from '../platform/settings-store.ts';
import { Field } from '../ui/components/field.tsx';
import { useKeptCaret } from '../ui/hooks/use-kept-caret.ts';
import { CompanyField } from './company-field.tsx';
import { CustomerFields } from './customer-fields.tsx';
import { type DraftFieldsProps, problemOf } from './draft-fields.ts';
import { RecipeNote } from './recipe-note.tsx';
import { SenderFields } from './sender-fields.tsx';
import { TemplatePicker } from './template-picker.tsx';
import { useFirstProblem } from './use-first-problem.ts';
import { useStoredSettings } from './use-stored-settings.ts';

/** What a new ticket holds. */
export function TicketFields({ draft, problems, onEdit, onChange, children }: DraftFieldsProps) {
  const { categories } = useStoredSettings(readSettings, defaultSettings);
  const body = useKeptCaret();
  useFirstProblem(problems);
  // What follows the ticket is a reply, and is sent in somebody's name.
  const hasFollower = draft.attachments.some(
    attachment => attachment.kind !== 'image-url' && attachment.followsTicket,
  );
  const offered =
    categories.includes(draft.category) || draft.category === ''
      ? categories
      : [draft.category, ...categories];

  return (
    <>
      <TemplatePicker draft={draft} onChange={onChange} />
      <RecipeNote draft={draft} onChange={onChange} />
      <Field label={text('fieldTitle')}>
        {control => (
          <input
            {...control}
            type="text"
            value={draft.title}
            maxLength={fieldLimitsCharacters.title}
            placeholder={
              draft.body.trim() === ''
                ? text('fieldTitlePlaceholder')
                : ticketTitle({ ...draft, title: '' }, '')
            }
            onInput={event => onEdit({ title: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={text('fieldDescription')} problem={problemOf(problems, 'nothing-to-send')}>
        {control => (
          <textarea
            {...control}
            ref={body}
            rows={5}
            value={draft.body}
            maxLength={bodyLimitCharacters}
            onInput={event => onEdit({ body: event.currentTarget.value })}
          />
        )}
      </Field>
      {children}
      {hasFollower && <SenderFields problems={problems} />}
      <CustomerFields draft={draft} problems={problems} onEdit={onEdit} />
      <CompanyField draft={draft} problems={problems} onEdit={onEdit} />
      <Field label={text('fieldCategory')}>
        {control => (
          <select
            {...control}
            value={draft.category}
            onChange={event => onEdit({ category: event.currentTarget.value })}
          >
            <option value="">{text('categoryNone')}</option>
            {offered.map(category => (
              <option key={category} value={category}>
                {category}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}
