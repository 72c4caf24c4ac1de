import type { RefObject } from 'preact';
import { useId } from 'preact/hooks';
import { type TextKey, text } from '../platform/localised-text.ts';
import { Field } from '../ui/components/field.tsx';
import { shownStateWord } from './job-texts.ts';
import { kindFilters, type ListFilter, type StateFilter, stateFilters } from './list-filter.ts';

interface FilterBarProps {
  filter: ListFilter;
  counts: Readonly<Record<StateFilter, number>>;
  onFilter: (filter: ListFilter) => void;
  /** Gets the search field. */
  searchField: RefObject<HTMLInputElement | null>;
}

const kindKeys = {
  all: 'activityKindAll',
  ticket: 'activityKindTickets',
  reply: 'activityKindReplies',
} as const satisfies Record<ListFilter['kind'], TextKey>;

/** What of the list is shown: by words, by kind, by state. */
export function FilterBar({ filter, counts, onFilter, searchField }: FilterBarProps) {
  return (
    <search class="filter-bar">
      <div class="filter-words">
        <Field label={text('activitySearch')}>
          {control => (
            <input
              {...control}
              ref={searchField}
              type="search"
              autocomplete="off"
              spellcheck={false}
              placeholder={text('activitySearchHint')}
              value={filter.query}
              onInput={event => onFilter({ ...filter, query: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={text('activityKind')}>
          {control => (
            <select
              {...control}
              value={filter.kind}
              onChange={event => {
                const kind = kindFilters.find(each => each === event.currentTarget.value);
                if (kind) onFilter({ ...filter, kind });
              }}
            >
              {kindFilters.map(kind => (
                <option key={kind} value={kind}>
                  {text(kindKeys[kind])}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <StateChoice chosen={filter.state} counts={counts} onChoose={state => onFilter({ ...filter, state })} />
    </search>
  );
}

interface StateChoiceProps {
  chosen: StateFilter;
  counts: FilterBarProps['counts'];
  onChoose: (state: StateFilter) => void;
}

function StateChoice({ chosen, counts, onChoose }: StateChoiceProps) {
  const name = useId();
  return (
    <fieldset class="states">
      <legend class="visually-hidden">{text('activityState')}</legend>
      {stateFilters.map(state => (
        <label key={state} class={state === 'attention' && counts.attention > 0 ? 'states-alarm' : ''}>
          <input type="radio" name={name} checked={chosen === state} onChange={() => onChoose(state)} />
          <span>{state === 'all' ? text('activityStateAll') : shownStateWord(state)}</span>{' '}
          <span class="states-count">{counts[state].toLocaleString()}</span>
        </label>
      ))}
    </fieldset>
  );
}
