import type { ComponentChildren } from 'preact';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import type { Tool } from './editor-state.ts';
import { toolFaces, toolName } from './tools.ts';
import type { Commands } from './use-commands.ts';

interface ToolbarProps {
  tool: Tool;
  commands: Commands;
  canUndo: boolean;
  canRedo: boolean;
  isSaving: boolean;
  onCancel: () => void;
  onDone: () => void;
}

/** The top of the page: what can be drawn, and the way out. */
export function Toolbar({ tool, commands, canUndo, canRedo, isSaving, onCancel, onDone }: ToolbarProps) {
  return (
    <header class="toolbar">
      <h1 class="visually-hidden">{text('editorTitle')}</h1>
      <fieldset class="tools">
        <legend class="visually-hidden">{text('toolsLabel')}</legend>
        {toolFaces.map(face => (
          <ToolRadio
            key={face.tool}
            tool={face.tool}
            letter={face.letter.toUpperCase()}
            isChosen={tool === face.tool}
            onChoose={() => commands.chooseTool(face.tool)}
          >
            <path d={face.icon} />
          </ToolRadio>
        ))}
      </fieldset>
      <div class="row toolbar-steps">
        <Button variant="quiet" isOff={isSaving || !canUndo} onPress={commands.undo}>
          {text('undo')}
        </Button>
        <Button variant="quiet" isOff={isSaving || !canRedo} onPress={commands.redo}>
          {text('redo')}
        </Button>
      </div>
      <div class="row toolbar-ends">
        <Button isOff={isSaving} onPress={onCancel}>
          {text('cancel')}
        </Button>
        <Button variant="primary" isOff={isSaving} onPress={onDone}>
          {text('done')}
        </Button>
      </div>
    </header>
  );
}

interface ToolRadioProps {
  tool: Tool;
  letter: string;
  isChosen: boolean;
  onChoose: () => void;
  children: ComponentChildren;
}

function ToolRadio({ tool, letter, isChosen, onChoose, children }: ToolRadioProps) {
  const name = toolName(tool);
  return (
    <label class="tool" title={text('toolWithKey', name, letter)}>
      <input
        type="radio"
        name="tool"
        checked={isChosen}
        aria-label={name}
        aria-keyshortcuts={letter}
        onChange={onChoose}
      />
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        {children}
      </svg>
      <span class="tool-name">{name}</span>
    </label>
  );
}
