import { firstForSite } from '../core/site.ts';
import { text } from '../platform/localised-text.ts';
import { Field } from '../ui/components/field.tsx';
import { failureText } from '../ui/failure-text.ts';
import type { TryOutState } from './use-try-out.ts';

interface TryOutProps {
  sites: readonly string[];
  tryOut: TryOutState;
}

/** Lets a page be chosen on which the rules are tried, and says how to get one. */
export function TryOut({ sites, tryOut }: TryOutProps) {
  const { pages, tabId, failure, choose } = tryOut;
  if (pages === null) return <p class="hint">{text('loading')}</p>;
  if (pages.length === 0) return <p class="hint">{text('tryNoPage')}</p>;
  const page = pages.find(one => one.tabId === tabId);
  const isElsewhere = page !== undefined && !firstForSite([{ sites }], page.url);

  return (
    <Field
      label={text('tryLabel')}
      hint={isElsewhere ? text('tryElsewhere') : text('tryHint')}
      problem={failure ? failureText(failure) : undefined}
    >
      {control => (
        <select
          {...control}
          value={tabId === null ? '' : String(tabId)}
          onChange={event =>
            choose(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))
          }
        >
          <option value="">{text('tryNone')}</option>
          {pages.map(one => (
            <option key={one.tabId} value={String(one.tabId)}>
              {one.title === '' ? one.url : `${one.title} (${one.url})`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
