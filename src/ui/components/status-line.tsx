import type { ComponentChildren, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { text } from '../../platform/localised-text.ts';
import { Button } from './button.tsx';
import { NextTry } from './next-try.tsx';

/** What a status line says. An alarm stays marked, and can be copied. */
export interface Said {
  message: string;
  kind: 'notice' | 'alarm';
  /** What it counts down to, epoch ms. */
  nextTryAt?: number | null;
}

export type Say = (message: string, kind?: Said['kind']) => void;

const nothing: Said = { message: '', kind: 'notice' };

/** What the page says now, and how to say the next thing. */
export function useSaid(): [Said, Say] {
  const [said, setSaid] = useState(nothing);
  return [said, (message, kind = 'notice') => setSaid({ message, kind })];
}

interface StatusLineProps {
  said: Said;
  /** Gets the element with the words, which can take the focus. */
  region: RefObject<HTMLDivElement | null>;
  /** The present time, epoch ms, for a countdown. */
  now?: number;
  /** More buttons for what is said. */
  children?: ComponentChildren;
}

/** The one place of a page that says what happened. It keeps its room while it is empty, so that nothing jumps. */
export function StatusLine({ said, region, now, children }: StatusLineProps) {
  return (
    <div class={`status ${said.kind === 'alarm' ? 'status-alarm' : ''}`}>
      <div ref={region} role="status" tabIndex={-1}>
        {said.message}
        {now !== undefined && <NextTry at={said.nextTryAt ?? null} now={now} />}
      </div>
      <div class="row">
        {said.kind === 'alarm' && (
          <Button
            icon="copy"
            variant="quiet"
            label={text('copyMessage')}
            onPress={() => void navigator.clipboard.writeText(said.message)}
          />
        )}
        {children}
      </div>
    </div>
  );
}
