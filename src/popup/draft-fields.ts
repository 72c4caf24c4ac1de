import type { ComponentChildren } from 'preact';
import type { Draft, DraftEdits } from '../core/draft.ts';
import type { DraftProblem } from '../core/failure.ts';
import { problemText } from '../ui/failure-text.ts';
import type { PopupActions } from './use-popup.ts';

/** What the fields of either kind of draft are drawn from. */
export interface DraftFieldsProps {
  draft: Draft;
  problems: DraftProblem[];
  onEdit: (edits: DraftEdits) => void;
  /** Asks the worker for a change of the draft, with what is typed stored first (`PopupActions.change`). */
  onChange: PopupActions['change'];
  /** The captures, which stand below the text that they illustrate. */
  children: ComponentChildren;
}

/** The sentence of the first problem that belongs to a field; `wanted` are the problems that do. */
export function problemOf(problems: DraftProblem[], ...wanted: DraftProblem[]): string | undefined {
  const found = problems.find(problem => wanted.includes(problem));
  return found && problemText(found);
}
