import type { ComponentChildren } from 'preact';
import { type Said, type Say, StatusLine } from './status-line.tsx';

interface PageHeaderProps {
  title: string;
  said: Said;
  say: Say;
  /** The ways to the other pages. */
  children: ComponentChildren;
}

/** The top of a page in a tab. It stays in view, because it holds the status line. */
export function PageHeader({ title, said, say, children }: PageHeaderProps) {
  return (
    <header class="page-header">
      <div class="page-title">
        <h1>{title}</h1>
        <nav class="row">{children}</nav>
      </div>
      <StatusLine said={said} onDismiss={() => say('')} />
    </header>
  );
}
