import { type Attachment, attachmentLimit, type Draft } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { sentFileName } from '../core/file-name.ts';
import { replyFileLimitBytes } from '../core/image/fit-plan.ts';
import { fail, type Result } from '../core/result.ts';
import { putBlob } from '../platform/blob-store.ts';
import { failureFromError } from '../platform/failure-from-error.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';

/** What of the popup attaching works on. */
interface AttachPorts {
  attachments(): readonly Attachment[];
  report(failure: Failure): void;
  /** Asks for a change of the draft that is shown, and says `word` when it is done. */
  change(ask: (draftId: string) => Promise<Result<Draft>>, word: string): Promise<boolean>;
}

/** Adds files one after the other, in their order; what cannot be attached is said, and the others are. */
export async function attachFiles(files: readonly File[], ports: AttachPorts): Promise<void> {
  for (const file of files) {
    const name = sentFileName(file.name);
    const hindrance = hindranceOf(file, name, ports.attachments().length);
    if (hindrance) ports.report(hindrance);
    else await ports.change(draftId => addFile(draftId, file, name), text('statusFile', name));
  }
}

/** Why a file is not even stored. A folder looks like a file, and is found out when it is read. */
function hindranceOf({ size }: File, name: string, attachments: number): Failure | null {
  if (attachments >= attachmentLimit) return { kind: 'too-many-attachments', limit: attachmentLimit };
  if (size === 0) return { kind: 'file-empty', name };
  if (size > replyFileLimitBytes) return { kind: 'file-too-large', name, limitBytes: replyFileLimitBytes };
  return null;
}

/** The bytes go into the store from here, and only their id to the worker. */
async function addFile(draftId: string, file: File, name: string): Promise<Result<Draft>> {
  try {
    const type = file.type.slice(0, fieldLimitsCharacters.fileType);
    return await send('attachment.add', { draftId, blobId: await putBlob(file), name, type });
  } catch (cause) {
    return fail(isUnreadable(cause) ? { kind: 'file-unreadable', name } : failureFromError(cause));
  }
}

/** A folder; or the file was changed, moved or locked after it was chosen. */
function isUnreadable(cause: unknown): boolean {
  return cause instanceof DOMException && ['NotFoundError', 'NotReadableError'].includes(cause.name);
}
