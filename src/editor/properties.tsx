import type { RefObject } from 'preact';
import { markTextLimitCharacters } from '../contract/marks.ts';
import { inkOf } from '../core/marks/colours.ts';
import { type Mark, markColours } from '../core/marks/mark.ts';
import { type MarkSize, markSizes, strokeWidthPx } from '../core/marks/new-mark.ts';
import { type TextKey, text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { Field } from '../ui/components/field.tsx';
import { type EditorAction, type EditorState, nextStyle, selectedMark } from './editor-state.ts';
import { colourName, markNames } from './mark-names.ts';
import type { Commands } from './use-commands.ts';

const sizeKeys: Record<MarkSize, TextKey> = {
  small: 'sizeSmall',
  medium: 'sizeMedium',
  large: 'sizeLarge',
};
const sizes = Object.keys(markSizes) as MarkSize[];

interface PropertiesProps extends PartProps {
  isOff: boolean;
}

interface PartProps {
  state: EditorState;
  act: (action: EditorAction) => void;
  commands: Commands;
  stepWords: RefObject<HTMLTextAreaElement | null>;
}

/** How the selected mark looks, or the next one, and what can be done with it. */
export function Properties({ isOff, state, act, commands, stepWords }: PropertiesProps) {
  const mark = state.typed ?? selectedMark(state);
  const isCovering = mark ? mark.tool === 'redact' : state.tool === 'redact';
  return (
    <aside class="properties" inert={isOff} aria-label={text('propertiesLabel')}>
      <Colours
        chosen={mark && mark.tool !== 'redact' ? mark.style.colour : nextStyle(state, state.tool).colour}
        isOff={isCovering}
        onChoose={colour => act({ name: 'restyle', colour })}
      />
      <Sizes
        chosen={sizeOf(state, mark)}
        isOff={isCovering}
        onChoose={size => act({ name: 'restyle', size })}
      />
      {state.tool === 'crop' && <CropPart state={state} commands={commands} />}
      {mark && !state.typed && state.tool !== 'crop' && (
        <MarkPart state={state} mark={mark} act={act} commands={commands} stepWords={stepWords} />
      )}
      {!mark && state.tool !== 'select' && state.tool !== 'crop' && (
        <Button onPress={commands.addInTheMiddle}>{text('addInTheMiddle')}</Button>
      )}
      <p class="hint" id="stage-hint">
        {text(hintKey(state, mark))}
      </p>
    </aside>
  );
}

function Colours(props: {
  chosen: (typeof markColours)[number];
  isOff: boolean;
  onChoose: (colour: (typeof markColours)[number]) => void;
}) {
  return (
    <fieldset disabled={props.isOff}>
      <legend class="field-label">{text('colourLabel')}</legend>
      <div class="swatches">
        {markColours.map(colour => (
          <label key={colour} class="swatch" title={colourName(colour)}>
            <input
              type="radio"
              name="colour"
              checked={props.chosen === colour}
              aria-label={colourName(colour)}
              onChange={() => props.onChoose(colour)}
            />
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <circle cx="12" cy="12" r="9" fill={inkOf(colour).core} />
            </svg>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Sizes(props: { chosen: MarkSize | null; isOff: boolean; onChoose: (size: MarkSize) => void }) {
  return (
    <fieldset disabled={props.isOff}>
      <legend class="field-label">{text('sizeLabel')}</legend>
      <div class="sizes">
        {sizes.map(size => (
          <label key={size} class="size">
            <input
              type="radio"
              name="size"
              checked={props.chosen === size}
              onChange={() => props.onChoose(size)}
            />
            {text(sizeKeys[size])}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface MarkPartProps extends PartProps {
  mark: Mark;
}

function MarkPart({ state, mark, act, commands, stepWords }: MarkPartProps) {
  return (
    <section class="mark-part" aria-label={text('markPartLabel')}>
      <h2>{markNames(state.history.present.marks).get(mark.id)}</h2>
      {mark.tool === 'step' && (
        <Field label={text('stepWords')}>
          {control => (
            <textarea
              {...control}
              ref={stepWords}
              rows={2}
              maxLength={markTextLimitCharacters}
              value={mark.text}
              onInput={event => {
                const changed = { ...mark, text: event.currentTarget.value };
                // All that is typed in one stay is one step to undo.
                const gesture = `words ${mark.id}`;
                act({ name: 'edit', edit: { name: 'change', mark: changed, gesture } });
              }}
            />
          )}
        </Field>
      )}
      <div class="row">
        {mark.tool === 'text' && <Button onPress={() => commands.write(mark)}>{text('editText')}</Button>}
        <Button onPress={commands.duplicateSelected}>{text('duplicate')}</Button>
        <Button onPress={() => commands.restackSelected('raise')}>{text('raise')}</Button>
        <Button onPress={() => commands.restackSelected('lower')}>{text('lower')}</Button>
        <Button variant="danger" onPress={commands.deleteSelected}>
          {text('deleteMark')}
        </Button>
      </div>
    </section>
  );
}

function CropPart({ state, commands }: { state: EditorState; commands: Commands }) {
  const { cropping, history } = state;
  if (!cropping) return null;
  return (
    <section class="mark-part" aria-label={text('toolCrop')}>
      <p class="crop-size">{text('cropSize', Math.round(cropping.width), Math.round(cropping.height))}</p>
      <div class="row">
        <Button onPress={commands.takeCrop}>{text('takeCrop')}</Button>
        {history.present.crop !== null && <Button onPress={commands.uncrop}>{text('uncrop')}</Button>}
      </div>
    </section>
  );
}

function sizeOf({ picture, size }: EditorState, mark: Mark | null): MarkSize | null {
  if (!mark || mark.tool === 'redact') return size;
  return sizes.find(one => strokeWidthPx(picture, one) === mark.style.widthPx) ?? null;
}

function hintKey({ tool, typed }: EditorState, mark: Mark | null): TextKey {
  if (typed) return 'keysTyping';
  if (tool === 'crop') return 'keysCrop';
  if (mark) return mark.tool === 'step' || mark.tool === 'text' ? 'keysWords' : 'keysMark';
  return tool === 'select' ? 'keysSelect' : 'keysTool';
}
