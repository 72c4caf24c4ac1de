import { type TextKey, text } from '../platform/localised-text.ts';
import type { Tool } from './editor-state.ts';

interface ToolFace {
  tool: Tool;
  name: TextKey;
  /** The letter that chooses it. */
  letter: string;
  /** Its icon, a path in 16 × 16. */
  icon: string;
}

/** In the order in which they stand. */
export const toolFaces: readonly ToolFace[] = [
  { tool: 'select', name: 'toolSelect', letter: 'v', icon: 'M4 2.5l8.5 5-4 1-2 4z' },
  { tool: 'crop', name: 'toolCrop', letter: 'c', icon: 'M4.5 1v10.5H15M1 4.5h10.5V15' },
  { tool: 'arrow', name: 'toolArrow', letter: 'a', icon: 'M3 13 13 3M6.5 3H13v6.5' },
  { tool: 'box', name: 'toolBox', letter: 'b', icon: 'M2.5 3.5h11v9h-11z' },
  { tool: 'line', name: 'toolLine', letter: 'l', icon: 'M3 13 13 3' },
  { tool: 'pen', name: 'toolPen', letter: 'p', icon: 'M2 11c2-6 5-8 5-4s-2 5 0 5 3-4 7-5' },
  { tool: 'text', name: 'toolText', letter: 't', icon: 'M3 5V3h10v2M8 3v10M6 13h4' },
  {
    tool: 'step',
    name: 'toolStep',
    letter: 's',
    icon: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.5 6.5 8 5.5v5',
  },
  {
    tool: 'highlight',
    name: 'toolHighlight',
    letter: 'h',
    icon: 'M3 13h10M5 10l1.5-4L11 2l2.5 2.5-4 4.5L5 10z',
  },
  { tool: 'redact', name: 'toolRedact', letter: 'r', icon: 'M2 6.5h12v4H2zM2 7h12M2 8h12M2 9h12M2 10h12' },
];

export function toolName(tool: Tool): string {
  const face = toolFaces.find(one => one.tool === tool);
  return face ? text(face.name) : '';
}
