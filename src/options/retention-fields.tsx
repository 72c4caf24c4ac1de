import { filesDaysChoices, type Retention, textsDaysChoices } from '../core/retention.ts';
import { text } from '../platform/localised-text.ts';
import { Field } from '../ui/components/field.tsx';

interface RetentionFieldsProps {
  retention: Retention;
  onEdit: (retention: Retention) => void;
}

/** The value of the choice that keeps for ever; an option's value is a text. */
const forEver = 'for-ever';

/** How long the history keeps what was sent. What is not sent stays in any case. */
export function RetentionFields({ retention, onEdit }: RetentionFieldsProps) {
  const { filesDays, textsDays } = retention;
  // What an earlier version or a file of settings says is shown as it is, even if it is no choice here.
  const files = inOrder([...filesDaysChoices, filesDays]);
  const texts = [...inOrder([...textsDaysChoices, textsDays].filter(days => days !== null)), null];
  return (
    <div class="retention">
      <Field label={text('retentionFiles')} hint={text('retentionFilesHint')}>
        {control => (
          <select
            {...control}
            value={String(filesDays)}
            onChange={event => onEdit({ ...retention, filesDays: Number(event.currentTarget.value) })}
          >
            {files.map(days => (
              <option key={days} value={String(days)}>
                {days === 0 ? text('retentionAtOnce') : daysText(days)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={text('retentionTexts')} hint={text('retentionTextsHint')}>
        {control => (
          <select
            {...control}
            value={textsDays === null ? forEver : String(textsDays)}
            onChange={({ currentTarget: { value } }) =>
              onEdit({ ...retention, textsDays: value === forEver ? null : Number(value) })
            }
          >
            {texts.map(days => (
              <option key={days} value={days === null ? forEver : String(days)}>
                {days === null ? text('retentionForEver') : daysText(days)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

function inOrder(days: number[]): number[] {
  return [...new Set(days)].sort((a, b) => a - b);
}

function daysText(days: number): string {
  return days === 1 ? text('retentionDay') : text('retentionDays', days);
}
