import type { Rect } from '../core/image/geometry.ts';
import { handlePoint, rectHandles, type Size } from '../core/marks/transform.ts';
import { FrameView } from './frame-view.tsx';

interface CropViewProps {
  rect: Rect;
  picture: Size;
  scale: number;
}

/** What the crop would leave, with the rest dimmed. */
export function CropView({ rect, picture, scale }: CropViewProps) {
  const { x, y, width, height } = rect;
  const hole = `M${x} ${y}h${width}v${height}h${-width}Z`;
  return (
    <>
      <path class="crop-rest" fill-rule="evenodd" d={`M0 0h${picture.width}v${picture.height}H0Z${hole}`} />
      <FrameView
        rect={rect}
        scale={scale}
        handles={rectHandles.map(handle => ({ handle, ...handlePoint(rect, handle) }))}
      />
    </>
  );
}
