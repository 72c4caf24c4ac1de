import { useEffect } from 'preact/hooks';
import type { DraftProblem } from '../core/failure.ts';

/** Brings the first thing that is wrong into view after a press of Send, and the focus to its field. */
export function useFirstProblem(problems: readonly DraftProblem[]): void {
  useEffect(() => {
    if (problems.length === 0) return;
    const [first] = document.querySelectorAll<HTMLElement>('main [aria-invalid="true"], main .problem');
    first?.scrollIntoView({ block: 'nearest' });
    if (first?.matches('input, textarea, select')) first.focus();
    // The sentence stands below its field.
    if (first) document.getElementById(describedBy(first))?.scrollIntoView({ block: 'nearest' });
  }, [problems]);
}

function describedBy(element: HTMLElement): string {
  return element.getAttribute('aria-describedby')?.split(' ').at(-1) ?? '';
}
