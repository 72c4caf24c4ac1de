import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import type { Zoom } from './use-zoom.ts';

export function ZoomBar({ zoom }: { zoom: Zoom }) {
  return (
    <fieldset class="zoom-bar">
      <legend class="visually-hidden">{text('zoomLabel')}</legend>
      <Button variant="quiet" label={text('zoomOut')} onPress={zoom.zoomOut}>
        −
      </Button>
      <span class="zoom-percent">{text('zoomPercent', zoom.percent)}</span>
      <Button variant="quiet" label={text('zoomIn')} onPress={zoom.zoomIn}>
        +
      </Button>
      <Button variant="quiet" onPress={zoom.fit}>
        {text('zoomFit')}
      </Button>
      <Button variant="quiet" onPress={zoom.actualSize}>
        {text('zoomActual')}
      </Button>
    </fieldset>
  );
}
