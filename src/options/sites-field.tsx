import { useState } from 'preact/hooks';
import { siteLimit, sitesFromText } from '../core/site.ts';
import { text } from '../platform/localised-text.ts';
import { Field } from '../ui/components/field.tsx';

interface SitesFieldProps {
  hint: string;
  sites: readonly string[];
  onEdit: (changes: { sites: string[] }) => void;
}

/** Sites, one a line. A line that names none is told, and not kept. */
export function SitesField({ hint, sites, onEdit }: SitesFieldProps) {
  const [typed, setTyped] = useState(sites.join('\n'));
  // What was typed is shown as it was typed as long as it means what is stored.
  const read = sitesFromText(typed);
  const isCurrent = read.sites.join('\n') === sites.join('\n');
  const [wrong] = read.wrong;
  const problem =
    read.sites.length === siteLimit ? text('sitesTooMany', siteLimit) : text('siteWrong', wrong ?? '');

  return (
    <Field
      label={text('sitesLabel')}
      hint={hint}
      problem={isCurrent && wrong !== undefined ? problem : undefined}
    >
      {control => (
        <textarea
          {...control}
          class="sites"
          spellcheck={false}
          value={isCurrent ? typed : sites.join('\n')}
          onInput={event => {
            setTyped(event.currentTarget.value);
            onEdit({ sites: sitesFromText(event.currentTarget.value).sites });
          }}
        />
      )}
    </Field>
  );
}
