import type { DraftSecret } from '../core/redaction/secrets-in-draft.ts';
export function SecretsPanel(_: {
  secrets: DraftSecret[];
  onMask(keys: string[]): void;
  onKeep(keys: string[]): void;
}) {
  return null;
}
