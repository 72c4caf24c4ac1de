import { defaultSettings } from '../core/settings.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { readSettings } from '../platform/settings-store.ts';
import { Field } from '../ui/components/field.tsx';
import type { DraftFieldsProps } from './draft-fields.ts';
import { useStoredSettings } from './use-stored-settings.ts';

/** Lets a template be chosen. Draws nothing while there is none. */
export function TemplatePicker({ draft, onChange }: Pick<DraftFieldsProps, 'draft' | 'onChange'>) {
  const { templates } = useStoredSettings(readSettings, defaultSettings);
  const { template } = draft;
  const isApplied = template !== null && template.id !== '';
  const isGone = isApplied && !templates.some(({ id }) => id === template.id);
  const offered = isGone ? [template, ...templates] : templates;
  if (offered.length === 0) return null;

  function choose(templateId: string) {
    const chosen = offered.find(({ id }) => id === templateId);
    void onChange(
      draftId => send('draft.applyTemplate', { draftId, templateId: chosen?.id ?? null }),
      chosen ? text('templateApplied', chosen.name) : text('templateTakenBack'),
    );
  }

  return (
    <Field
      label={text('fieldTemplate')}
      hint={isApplied && !template.isChosen ? text('templateOfSite') : undefined}
    >
      {control => (
        <select {...control} value={template?.id ?? ''} onChange={event => choose(event.currentTarget.value)}>
          <option value="">{text('templateNone')}</option>
          {offered.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
