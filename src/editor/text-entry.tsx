import { useLayoutEffect, useRef } from 'preact/hooks';
import { markTextLimitCharacters } from '../contract/marks.ts';
import type { Rect } from '../core/image/geometry.ts';
import { inkOf } from '../core/marks/colours.ts';
import { lineHeight } from '../core/marks/text-layout.ts';
import { text } from '../platform/localised-text.ts';
import type { TextMark } from './editor-state.ts';

interface TextEntryProps {
  mark: TextMark;
  view: Rect;
  scale: number;
  onDone: (text: string) => void;
}

/** The field over a text mark in which its words are typed, as large and as wide as they will be drawn. */
export function TextEntry({ mark, view, scale, onDone }: TextEntryProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [mark.id]);
  const ink = inkOf(mark.style.colour);

  return (
    <textarea
      ref={field}
      class="text-entry"
      aria-label={text('textEntry')}
      defaultValue={mark.text}
      maxLength={markTextLimitCharacters}
      rows={1}
      style={{
        left: `${(mark.at.x - view.x) * scale}px`,
        top: `${(mark.at.y - view.y) * scale}px`,
        width: `${mark.widthPx * scale}px`,
        fontSize: `${mark.letterPx * scale}px`,
        lineHeight: String(lineHeight),
        color: ink.core,
        backgroundColor: ink.ring,
        caretColor: ink.core,
      }}
      onKeyDown={event => {
        const isDone = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
        // The page's own keys (tools, undo) are letters here.
        event.stopPropagation();
        if (!isDone) return;
        event.preventDefault();
        event.currentTarget.blur();
      }}
      onBlur={event => onDone(event.currentTarget.value)}
    />
  );
}
