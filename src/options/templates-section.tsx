import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { placeholderNames, type Template, templateLimit } from '../core/template/template.ts';
import { uniqueName } from '../core/unique-name.ts';
import { text } from '../platform/localised-text.ts';
import { newId } from '../platform/new-id.ts';
import { Field } from '../ui/components/field.tsx';
import { Section } from '../ui/components/section.tsx';
import { ItemList } from './item-list.tsx';
import { NameField } from './name-field.tsx';
import { SitesField } from './sites-field.tsx';
import type { SettingsSectionProps } from './use-settings.ts';

/** What tickets can start from. */
export function TemplatesSection({ settings, onEdit }: SettingsSectionProps) {
  const { templates, categories } = settings;

  function makeNew(): Template {
    const names = templates.map(({ name }) => name);
    const name = uniqueName('', names, text('templateDefaultName'));
    return { id: newId(), name, sites: [], title: '', body: '', category: '' };
  }

  return (
    <Section heading={text('settingsTemplatesHeading')}>
      <p class="hint">{text('settingsTemplatesHint')}</p>
      <ItemList
        items={templates}
        limit={templateLimit}
        label={text('settingsTemplatesHeading')}
        addWord={text('templateAdd')}
        emptyWord={text('templatesNone')}
        makeNew={makeNew}
        onChange={changed => onEdit({ templates: changed })}
        editor={(template, onEditOne) => (
          <TemplateEditor
            key={template.id}
            template={template}
            others={templates.filter(({ id }) => id !== template.id).map(({ name }) => name)}
            categories={categories}
            onEdit={onEditOne}
          />
        )}
      />
    </Section>
  );
}

interface TemplateEditorProps {
  template: Template;
  others: readonly string[];
  categories: readonly string[];
  onEdit: (changes: Partial<Template>) => void;
}

function TemplateEditor({ template, others, categories, onEdit }: TemplateEditorProps) {
  const { name, sites, title, body, category } = template;
  const offered = category === '' || categories.includes(category) ? categories : [category, ...categories];
  return (
    <>
      <NameField name={name} others={others} fallback={text('templateDefaultName')} onEdit={onEdit} />
      <Field label={text('fieldTitle')}>
        {control => (
          <input
            {...control}
            type="text"
            maxLength={fieldLimitsCharacters.title}
            value={title}
            onInput={event => onEdit({ title: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={text('fieldDescription')} hint={text('templatePlaceholders', placeholderList())}>
        {control => (
          <textarea
            {...control}
            class="template-body"
            maxLength={fieldLimitsCharacters.templateBody}
            value={body}
            onInput={event => onEdit({ body: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={text('fieldCategory')}>
        {control => (
          <select
            {...control}
            value={category}
            onChange={event => onEdit({ category: event.currentTarget.value })}
          >
            <option value="">{text('templateCategoryStays')}</option>
            {offered.map(one => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        )}
      </Field>
      <SitesField hint={text('templateSitesHint')} sites={sites} onEdit={onEdit} />
    </>
  );
}

function placeholderList(): string {
  return [...placeholderNames, 'property.order_number'].map(name => `{{${name}}}`).join(' ');
}
