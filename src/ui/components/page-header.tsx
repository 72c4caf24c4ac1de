import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../../platform/localised-text.ts';
import { Button } from './button.tsx';
import { type Said, type Say, StatusLine } from './status-line.tsx';

interface PageHeaderProps {
  title: string;
  said: Said;
  say: Say;
  /** The ways to the other pages. */
  children: ComponentChildren;
  /** What can be done about what the status line says. */
  statusAction?: ComponentChildren;
}

/** The top of a page in a tab. It stays in view, because it holds the status line. */
export function PageHeader({ title, said, say, children, statusAction }: PageHeaderProps) {
  const status = useRef<HTMLDivElement>(null);

  // The button that was pressed may be gone by now: the focus then goes to where the answer stands.
  useEffect(() => {
    if (said.message !== '' && document.activeElement === document.body) status.current?.focus();
  }, [said]);

  return (
    <header class="page-header">
      <div class="page-title">
        <h1>{title}</h1>
        <nav class="row">{children}</nav>
      </div>
      <StatusLine said={said} region={status}>
        {statusAction}
        {said.kind === 'alarm' && (
          <Button icon="close" variant="quiet" label={text('dismiss')} onPress={() => say('')} />
        )}
      </StatusLine>
    </header>
  );
}
