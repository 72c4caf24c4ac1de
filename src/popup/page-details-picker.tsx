import { type Draft, type DraftEdits, type PageDetailName, pageDetailNames } from '../core/draft.ts';
import { sentPageDetails } from '../core/draft-request.ts';
import { text } from '../platform/localised-text.ts';
import { detailLabel } from '../ui/detail-label.ts';

interface PageDetailsPickerProps {
  draft: Draft;
  onEdit: (edits: DraftEdits) => void;
}

/** Shows each detail of the page that will leave, with its value, and what a recipe read there; lets each be left out. */
export function PageDetailsPicker({ draft, onEdit }: PageDetailsPickerProps) {
  const known = pageDetailNames.filter(name => draft.page[name] !== undefined);
  const { properties } = draft;
  if (known.length + properties.length === 0) return null;
  const sentCount =
    Object.keys(sentPageDetails(draft)).length + properties.filter(({ isSent }) => isSent).length;

  function toggle(name: PageDetailName, isSent: boolean) {
    const others = draft.omittedDetails.filter(omitted => omitted !== name);
    onEdit({ omittedDetails: isSent ? others : [...others, name] });
  }

  function toggleProperty(name: string, isSent: boolean) {
    onEdit({
      properties: properties.map(property => (property.name === name ? { ...property, isSent } : property)),
    });
  }

  return (
    <details class="page-details">
      <summary>{text('pageDetails', sentCount, known.length + properties.length)}</summary>
      <p class="hint">{text('pageDetailsHint')}</p>
      <ul>
        {known.map(name => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={!draft.omittedDetails.includes(name)}
                onChange={event => toggle(name, event.currentTarget.checked)}
              />
              <span>{detailLabel(name)}</span>
              <span class="hint">{draft.page[name]}</span>
            </label>
          </li>
        ))}
        {properties.map(({ name, value, isSent }) => (
          <li key={`property ${name}`}>
            <label>
              <input
                type="checkbox"
                checked={isSent}
                onChange={event => toggleProperty(name, event.currentTarget.checked)}
              />
              <span>{name}</span>
              <span class="hint">{value}</span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
