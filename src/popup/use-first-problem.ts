import { useEffect } from 'preact/hooks';
import type { DraftProblem } from '../core/failure.ts';

/** Goes to the first thing that is wrong after a press of Send: it may be out of sight, and can be mended at once. */
export function useFirstProblem(problems: readonly DraftProblem[]): void {
  useEffect(() => {
    if (problems.length === 0) return;
    const [first] = document.querySelectorAll<HTMLElement>('.draft [aria-invalid="true"], .draft .problem');
    if (first?.matches('[aria-invalid]')) first.focus();
    first?.closest('.field')?.scrollIntoView({ block: 'nearest' });
  }, [problems]);
}
