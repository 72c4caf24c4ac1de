import type { RefObject } from 'preact';
import type { Rect } from '../core/image/geometry.ts';
import { boundsOf } from '../core/marks/bounds.ts';
import type { Mark } from '../core/marks/mark.ts';
import { drawingOrder, stepNumbers } from '../core/marks/order.ts';
import type { Measure } from '../core/marks/text-layout.ts';
import { handlesOf } from '../core/marks/transform.ts';
import { text } from '../platform/localised-text.ts';
import { CropView } from './crop-view.tsx';
import { type EditorState, selectedMark, shownPart } from './editor-state.ts';
import { FrameView } from './frame-view.tsx';
import { isSeen } from './is-seen.ts';
import { MarkButtons } from './mark-buttons.tsx';
import { MarkView } from './mark-view.tsx';
import { TextEntry } from './text-entry.tsx';
import type { PointerTools } from './use-pointer-tools.ts';

interface StageProps {
  state: EditorState;
  url: string;
  pictureName: string;
  /** CSS px for one px of the picture. */
  scale: number;
  measure: Measure;
  stage: RefObject<HTMLElement | null>;
  sheet: RefObject<SVGSVGElement | null>;
  pointer: PointerTools;
  onSelect: (id: string) => void;
  onTyped: (text: string) => void;
  onUnreadable: () => void;
}

/** The picture with its marks, as SVG: one picture px is one unit. It scrolls when it is larger than its room. */
export function Stage(props: StageProps) {
  const { state, url, pictureName, scale, measure, stage, sheet, pointer, onSelect, onTyped } = props;
  const { picture, sketch, typed, cropping } = state;
  const { marks } = state.history.present;
  const view = shownPart(state);
  const selected = selectedMark(state);
  const numbers = stepNumbers(marks);
  const shown = drawingOrder(marks).filter(
    mark => mark.id !== typed?.id && isSeen(boundsOf(mark, measure), view),
  );

  return (
    <section
      ref={stage}
      class={`stage stage-${state.tool}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys, and takes the keys of the tools.
      tabIndex={0}
      aria-label={text('stageLabel')}
      aria-describedby="stage-hint"
      {...pointer}
    >
      <div class="sheet" style={{ width: `${view.width * scale}px`, height: `${view.height * scale}px` }}>
        <svg
          ref={sheet}
          role="img"
          aria-label={pictureName}
          viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        >
          <image href={url} width={picture.width} height={picture.height} onError={props.onUnreadable} />
          {shown.map(mark => (
            <MarkView key={mark.id} mark={mark} stepNumber={numbers.get(mark.id) ?? 0} measure={measure} />
          ))}
          {sketch && <MarkView mark={sketch} stepNumber={numbers.size + 1} measure={measure} />}
          {selected && !typed && <Selection mark={selected} measure={measure} scale={scale} />}
          {cropping && <CropView rect={cropping} picture={picture} scale={scale} />}
        </svg>
        <MarkButtons
          marks={marks}
          // While cropping, the keys are the crop's.
          shown={cropping ? [] : shown}
          selectedId={selected?.id ?? null}
          view={view}
          cropping={cropping}
          measure={measure}
          onSelect={onSelect}
        />
        {typed && <TextEntry key={typed.id} mark={typed} view={view} scale={scale} onDone={onTyped} />}
      </div>
    </section>
  );
}

function Selection({ mark, measure, scale }: { mark: Mark; measure: Measure; scale: number }) {
  const bounds: Rect = boundsOf(mark, measure);
  return <FrameView rect={bounds} handles={handlesOf(mark, bounds)} scale={scale} />;
}
