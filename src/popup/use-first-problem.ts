import { useEffect } from 'preact/hooks';
import type { DraftProblem } from '../core/failure.ts';

/** Goes to the first thing that is wrong after a press of Send: it may be out of sight, and can be mended at once. */
export function useFirstProblem(problems: readonly DraftProblem[]): void {
  useEffect(() => {
    if (problems.length === 0) return;
    const first = document.querySelector<HTMLElement>('.draft [aria-invalid="true"]');
    first?.focus();
    first?.closest('li, .field')?.scrollIntoView({ block: 'nearest' });
  }, [problems]);
}
