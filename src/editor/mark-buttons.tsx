import { intersection, type Rect } from '../core/image/geometry.ts';
import { boundsOf } from '../core/marks/bounds.ts';
import type { Mark } from '../core/marks/mark.ts';
import type { Measure } from '../core/marks/text-layout.ts';
import { text } from '../platform/localised-text.ts';
import { markNames } from './mark-names.ts';

interface MarkButtonsProps {
  /** All of the picture, for their names. */
  marks: readonly Mark[];
  /** Those that are seen, from the bottom up. */
  shown: readonly Mark[];
  selectedId: string | null;
  view: Rect;
  /** What the crop tool shows. */
  cropping: Rect | null;
  measure: Measure;
  onSelect: (id: string) => void;
}

/**
 * A button over each mark and the crop, without a look of its own: it has the name, takes the focus, and stands where
 * the mark is. A pointer goes through it to the picture.
 */
export function MarkButtons(props: MarkButtonsProps) {
  const { marks, shown, selectedId, view, cropping, measure, onSelect } = props;
  const names = markNames(marks);
  return (
    // Screen readers then leave the arrow keys to the marks.
    <div role="application" aria-label={text('marksLabel')} aria-describedby="stage-hint">
      {shown.map(mark => (
        <button
          key={mark.id}
          type="button"
          class="mark-button"
          data-mark={mark.id}
          aria-label={names.get(mark.id)}
          aria-pressed={mark.id === selectedId}
          aria-roledescription={text('markRole')}
          style={placeIn(view, boundsOf(mark, measure))}
          onFocus={() => onSelect(mark.id)}
          onClick={() => onSelect(mark.id)}
        />
      ))}
      {cropping && (
        <button
          type="button"
          class="mark-button crop-button"
          aria-label={text(
            'cropFrame',
            Math.round(cropping.width),
            Math.round(cropping.height),
            Math.round(cropping.x),
            Math.round(cropping.y),
          )}
          style={placeIn(view, cropping)}
        />
      )}
    </div>
  );
}

/** As shares of the view, so that it stays in place at any zoom. */
function placeIn(view: Rect, bounds: Rect) {
  const { x, y, width, height } = intersection(bounds, view) ?? { ...view, width: 0, height: 0 };
  return {
    left: `${((x - view.x) / view.width) * 100}%`,
    top: `${((y - view.y) / view.height) * 100}%`,
    width: `${(width / view.width) * 100}%`,
    height: `${(height / view.height) * 100}%`,
  };
}
