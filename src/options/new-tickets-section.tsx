import { useState } from 'preact/hooks';
import { type PageDetailName, pageDetailNames } from '../core/draft.ts';
import { categoriesFromText, categoryLimit } from '../core/settings.ts';
import { text } from '../platform/localised-text.ts';
import { Field } from '../ui/components/field.tsx';
import { Section } from '../ui/components/section.tsx';
import { detailLabel } from '../ui/detail-label.ts';
import type { SettingsSectionProps } from './use-settings.ts';

/** What a new ticket starts with. */
export function NewTicketsSection({ settings, onEdit }: SettingsSectionProps) {
  const { categories, omittedDetails } = settings;
  const [typed, setTyped] = useState('');
  // What was typed is shown as it was typed (blank lines and all) as long as it means what is stored.
  const typedCategories = categoriesFromText(typed);
  const isCurrent = typedCategories.categories.join('\n') === categories.join('\n');

  function toggle(name: PageDetailName, isIncluded: boolean) {
    const others = omittedDetails.filter(omitted => omitted !== name);
    onEdit({ omittedDetails: isIncluded ? others : [...others, name] });
  }

  return (
    <Section heading={text('settingsDefaultsHeading')}>
      <Field
        label={text('settingsCategories')}
        hint={text('settingsCategoriesHint')}
        problem={
          isCurrent && typedCategories.isCut ? text('settingsCategoriesCut', categoryLimit) : undefined
        }
      >
        {control => (
          <textarea
            {...control}
            class="categories"
            value={isCurrent ? typed : categories.join('\n')}
            onInput={event => {
              setTyped(event.currentTarget.value);
              onEdit({ categories: categoriesFromText(event.currentTarget.value).categories });
            }}
          />
        )}
      </Field>
      <fieldset class="details">
        <legend class="field-label">{text('settingsDetailsLabel')}</legend>
        <ul>
          {pageDetailNames.map(name => (
            <li key={name}>
              <label>
                <input
                  type="checkbox"
                  checked={!omittedDetails.includes(name)}
                  onChange={event => toggle(name, event.currentTarget.checked)}
                />
                {detailLabel(name)}
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
    </Section>
  );
}
