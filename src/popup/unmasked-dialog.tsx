import type { DraftSecret } from '../core/redaction/secrets-in-draft.ts';
export function UnmaskedDialog(_: {
  secrets: DraftSecret[];
  onAnswer(answer: 'mask' | 'keep' | null): void;
}) {
  return null;
}
