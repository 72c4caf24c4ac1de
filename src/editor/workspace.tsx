import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { Mark } from '../core/marks/mark.ts';
import { text } from '../platform/localised-text.ts';
import { newId } from '../platform/new-id.ts';
import { createMeasure } from '../platform/paint-marks.ts';
import { closeThisTab } from '../platform/tabs.ts';
import { Button } from '../ui/components/button.tsx';
import { ConfirmDialog } from '../ui/components/confirm-dialog.tsx';
import { StatusLine, useSaid } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { CoverBar } from './cover-bar.tsx';
import type { CoverOffer } from './cover-offer.ts';
import { reduceEditor, shownPart, startEditor, wordsToCover } from './editor-state.ts';
import { Properties } from './properties.tsx';
import { saveMarks } from './save-marks.ts';
import { Stage } from './stage.tsx';
import { Toolbar } from './toolbar.tsx';
import { useCommands } from './use-commands.ts';
import { useCoverOffer } from './use-cover-offer.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { useFocusNext } from './use-focus-next.ts';
import type { Picture } from './use-picture.ts';
import { usePointerTools } from './use-pointer-tools.ts';
import { useZoom } from './use-zoom.ts';
import { ZoomBar } from './zoom-bar.tsx';

/** The editor once its picture is there. */
export function Workspace({ picture }: { picture: Picture }) {
  const { attachment } = picture;
  const [start] = useState(() => ({ marks: attachment.marks, crop: attachment.crop }));
  const [state, act] = useReducer(reduceEditor, start, marks =>
    startEditor({ width: attachment.widthPx, height: attachment.heightPx }, marks),
  );
  /** Marks by their ids, of which one that is not there any more was taken away here. */
  const known = useRef(new Set(start.marks.map(({ id }) => id)));
  const [said, say] = useSaid();
  const [isSaving, setSaving] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const measure = useMemo(createMeasure, []);
  const stage = useRef<HTMLElement>(null);
  const sheet = useRef<SVGSVGElement>(null);
  const status = useRef<HTMLDivElement>(null);
  const stepWords = useRef<HTMLTextAreaElement>(null);
  const zoom = useZoom(stage, sheet, shownPart(state));
  const focusNext = useFocusNext(stage, stepWords);
  const { scale } = zoom;
  const commands = useCommands({ state, act, say, stage, sheet, focusNext });
  const [offer, dismissOffer] = useCoverOffer(state, picture);
  const isSpaceHeld = useRef(false);

  const { cancelDrag, ...pointer } = usePointerTools({
    state,
    act,
    newId,
    stage,
    sheet,
    scale,
    measure,
    isSpaceHeld,
    onDrawn: commands.drawn,
    onPressed(mark) {
      act({ name: 'select', id: mark?.id ?? null });
      focusNext(mark ? { markId: mark.id } : 'stage');
    },
    onWrite: commands.write,
  });
  useEditorKeys({
    isOff: isSaving,
    isSpaceHeld,
    state,
    commands,
    zoom,
    cancelDrag,
    deselect() {
      act({ name: 'select', id: null });
      focusNext('stage');
    },
  });

  const hasChanged = state.history.present !== start || state.typed !== null;
  const isLeaving = useRef(false);
  useEffect(() => {
    if (!hasChanged) return;
    // The browser asks before the tab is closed.
    const onLeave = (event: BeforeUnloadEvent) => isLeaving.current || event.preventDefault();
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, [hasChanged]);
  useLayoutEffect(() => stage.current?.focus(), []);

  async function leave() {
    isLeaving.current = true;
    await closeThisTab();
  }

  async function done() {
    if (state.history.present === start) return leave();
    setSaving(true);
    say(text('statusSaving'));
    const address = { draftId: picture.draft.id, attachmentId: attachment.id };
    const { present } = state.history;
    for (const { id } of present.marks) known.current.add(id);
    const saved = await saveMarks(address, present, [...known.current], wordsToCover(state));
    if (saved.ok) return leave();
    setSaving(false);
    say(text('statusNotSaved', failureText(saved.failure)), 'alarm');
  }

  function cover({ sourceId, words, boxes }: CoverOffer) {
    const marks = boxes.map((rect): Mark => ({ id: newId(), tool: 'redact', rect, found: null }));
    act({ name: 'edit', edit: { name: 'add', marks } });
    act({ name: 'cover', covered: { words, sourceId, addedIds: marks.map(({ id }) => id) } });
    focusNext({ markId: sourceId });
    say(text('statusCovered', marks.length));
  }

  return (
    <div class="editor">
      <Toolbar
        tool={state.tool}
        commands={commands}
        canUndo={state.history.past.length > 0}
        canRedo={state.history.future.length > 0}
        isSaving={isSaving}
        onCancel={() => (hasChanged ? setAsking(true) : void leave())}
        onDone={() => void done()}
      />
      <Properties isOff={isSaving} state={state} act={act} commands={commands} stepWords={stepWords} />
      <main class="desk" inert={isSaving}>
        <Stage
          state={state}
          url={picture.url}
          pictureName={attachment.name}
          scale={scale}
          measure={measure}
          stage={stage}
          sheet={sheet}
          pointer={pointer}
          onSelect={id => act({ name: 'select', id })}
          onTyped={commands.typed}
          onUnreadable={() => say(failureText({ kind: 'image-unreadable' }), 'alarm')}
        />
        {offer && <CoverBar offer={offer} onCover={() => cover(offer)} onDismiss={dismissOffer} />}
      </main>
      <footer class="editor-footer">
        <StatusLine said={said} region={status}>
          {said.kind === 'alarm' && (
            <Button icon="close" variant="quiet" label={text('dismiss')} onPress={() => say('')} />
          )}
        </StatusLine>
        <ZoomBar zoom={zoom} />
      </footer>
      {isAsking && (
        <ConfirmDialog
          question={text('cancelQuestion')}
          action={text('cancelConfirm')}
          onConfirm={() => void leave()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
