import type { Subject } from '../../contract/content-entries.ts';
import type { PickerActions } from './input.ts';

/** What is special to picking a region or an element. The rest (guard, keys, end) is the same for both. */
export interface Picker extends Omit<PickerActions, 'take' | 'leave'> {
  /** What would be taken now; null when there is nothing yet. */
  subject(): Subject | null;
}

/** What a picker may ask for. */
export interface PickerContext {
  /** Ends the picking with the subject, if the overlay may be trusted just now. */
  take(): void;
  noteScroll(scroller: Element): void;
  forgetScroll(scroller: Element): void;
}
