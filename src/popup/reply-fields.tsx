import { bodyLimitCharacters } from '../core/draft.ts';
import { text } from '../platform/localised-text.ts';
import { Field } from '../ui/components/field.tsx';
import { useKeptCaret } from '../ui/hooks/use-kept-caret.ts';
import { type DraftFieldsProps, problemOf } from './draft-fields.ts';
import { ReplyTargetField } from './reply-target-field.tsx';
import { SenderFields } from './sender-fields.tsx';
import { useFirstProblem } from './use-first-problem.ts';

const targetProblems = [
  'target-missing',
  'target-is-ticket-number',
  'target-unclear',
  'target-discarded',
  'target-is-draft',
] as const;

/** What a reply to a ticket holds. */
export function ReplyFields({ draft, problems, onEdit, children }: DraftFieldsProps) {
  const body = useKeptCaret();
  useFirstProblem(problems);
  return (
    <>
      <ReplyTargetField draft={draft} problem={problemOf(problems, ...targetProblems)} onEdit={onEdit} />
      <Field
        label={text('fieldMessage')}
        hint={text('fieldMessageHint')}
        problem={problemOf(problems, 'message-missing')}
      >
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
      <SenderFields problems={problems} />
    </>
  );
}
