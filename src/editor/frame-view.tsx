import type { Point, Rect } from '../core/image/geometry.ts';
import type { Handle } from '../core/marks/transform.ts';

// In CSS px, whatever the zoom. A finger needs more than what is seen.
const seenPx = 10;
const heldPx = 24;

interface FrameViewProps {
  rect: Rect;
  handles: (Point & { handle: Handle })[];
  /** CSS px for one px of the picture. */
  scale: number;
}

/** The frame around what is selected, and the handles to size it by. */
export function FrameView({ rect, handles, scale }: FrameViewProps) {
  return (
    <g class="frame">
      <rect class="frame-edge-under" {...rect} />
      <rect class="frame-edge" {...rect} />
      {handlesWithRoom(handles, rect, scale).map(({ handle, x, y }) => (
        <g key={handle} data-handle={handle} class={`handle handle-${handle}`}>
          <Square x={x} y={y} side={heldPx / scale} kind="handle-held" />
          <Square x={x} y={y} side={seenPx / scale} kind="handle-seen" />
        </g>
      ))}
    </g>
  );
}

function Square({ x, y, side, kind }: Point & { side: number; kind: string }) {
  return <rect class={kind} x={x - side / 2} y={y - side / 2} width={side} height={side} />;
}

/** On a small frame the handles would cover it, and it could not be moved: there only some are shown. */
function handlesWithRoom(handles: FrameViewProps['handles'], rect: Rect, scale: number) {
  if (handles.length < 8) return handles;
  const [widthPx, heightPx] = [rect.width * scale, rect.height * scale];
  return handles.filter(({ handle }) => {
    if (handle === 'n' || handle === 's') return widthPx >= 4 * heldPx;
    if (handle === 'e' || handle === 'w') return heightPx >= 4 * heldPx;
    return handle === 'se' || Math.min(widthPx, heightPx) >= heldPx;
  });
}
