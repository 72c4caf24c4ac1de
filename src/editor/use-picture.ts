import { useEffect, useState } from 'preact/hooks';
import { storedPageWordsSchema } from '../contract/stored-page-words.ts';
import type { Draft, ImageAttachment } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import type { PageWords } from '../core/redaction/page-words.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { getBlob } from '../platform/blob-store.ts';
import { failureFromError } from '../platform/failure-from-error.ts';
import { send } from '../platform/send.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import type { EditorAddress } from './editor-address.ts';

/** The picture that is marked, with what is known around it. */
export interface Picture {
  draft: Draft;
  attachment: ImageAttachment;
  /** A `blob:` address of its bytes, good for as long as the page lives. */
  url: string;
  /** The words on it; null when they are not known. */
  words: PageWords | null;
  /** The words on the draft's other pictures, as far as they are known. */
  otherWords: PageWords[];
}

interface Opening {
  picture: Picture | null;
  failure: Failure | null;
  isTrying: boolean;
  tryAgain: () => void;
}

export function usePicture(address: EditorAddress | null): Opening {
  const [read, setRead] = useState<Result<Picture> | null>(null);
  const [isTrying, setTrying] = useState(true);

  async function look() {
    setTrying(true);
    setRead(await readPicture(address));
    setTrying(false);
  }
  useEffect(() => void look(), []);
  // Its picture must not stay in sight; what was not saved of the marks has nothing to be on any more.
  useChange(({ about }) => void (about === 'erased' && look()));

  return {
    picture: read?.ok ? read.value : null,
    failure: read === null || read.ok ? null : read.failure,
    isTrying,
    tryAgain: () => void look(),
  };
}

async function readPicture(address: EditorAddress | null): Promise<Result<Picture>> {
  if (!address) return fail({ kind: 'not-found' });
  const read = await send('draft.read', { windowId: null });
  if (!read.ok) return read;
  const { draft } = read.value;
  const images = draft.attachments.filter(one => one.kind === 'image');
  const attachment = images.find(({ id }) => id === address.attachmentId);
  if (draft.id !== address.draftId || !attachment) return fail({ kind: 'not-found' });
  try {
    const blob = await getBlob(attachment.blobId);
    if (!blob) return fail({ kind: 'attachment-missing' });
    const others = images.filter(other => other !== attachment);
    const otherWords = (await Promise.all(others.map(readWords))).filter(words => words !== null);
    const words = await readWords(attachment);
    return ok({ draft, attachment, url: URL.createObjectURL(blob), words, otherWords });
  } catch (cause) {
    return fail(failureFromError(cause));
  }
}

/** Null when there are none, or none that can be read: then words are not offered, and all else works. */
async function readWords({ wordsBlobId }: ImageAttachment): Promise<PageWords | null> {
  const blob = wordsBlobId === null ? null : await getBlob(wordsBlobId);
  if (!blob) return null;
  try {
    const parsed = storedPageWordsSchema.safeParse(JSON.parse(await blob.text()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
